namespace Latchkey.Gumroad.Api;

/// <summary>What Gumroad paid out. Newer Gumroad only. <c>app/controllers/api/v2/payouts_controller.rb</c></summary>
public sealed class PayoutsApi
{
    private readonly GumroadTransport _transport;

    internal PayoutsApi(GumroadTransport transport) => _transport = transport;

    /// <summary>Payouts, newest first, fetched ten at a time as you go; upcoming ones are left out, see <see cref="GetUpcomingAsync"/>. Scope <c>view_payouts</c>.</summary>
    /// <param name="after">From this day on, included.</param>
    /// <param name="before">Until this day, excluded.</param>
    public IAsyncEnumerable<Payout> ListAsync(DateOnly? after = null, DateOnly? before = null, CancellationToken ct = default) =>
        Pages.WalkAsync((key, stop) => ListPageAsync(after, before, key, stop), ct);

    /// <summary>One payout, with its sales if the token has <c>view_sales</c> too. Scope <c>view_payouts</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The seller has no such payout.</exception>
    public Task<Payout> GetAsync(string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.ViewPayouts, "payouts", id).OrElse("Check the id; older Gumroad does not have this call."), "payout", ApiJson.Default.Payout, ct);

    /// <summary>What would be paid out next; empty if nothing. Scope <c>view_payouts</c>.</summary>
    public Task<IReadOnlyList<Payout>> GetUpcomingAsync(CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.ViewPayouts, "payouts", "upcoming").OrElse("Check the id; older Gumroad does not have this call."), "payouts", ApiJson.Default.IReadOnlyListPayout, ct);

    private Task<GumroadPage<Payout>> ListPageAsync(DateOnly? after, DateOnly? before, string? pageKey, CancellationToken ct)
    {
        var call = GumroadCall.Get(Scopes.ViewPayouts, "payouts").OrElse("Check the id; older Gumroad does not have this call.")
            .With("after", after)
            .With("before", before)
            .With("include_upcoming", false)
            .With("page_key", pageKey);
        return _transport.SendPageAsync(call, "payouts", ApiJson.Default.IReadOnlyListPayout, ct);
    }
}
