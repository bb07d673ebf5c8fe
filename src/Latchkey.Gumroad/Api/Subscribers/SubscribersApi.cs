namespace Latchkey.Gumroad.Api;

/// <summary>Who subscribes. <c>app/controllers/api/v2/subscribers_controller.rb</c></summary>
public sealed class SubscribersApi
{
    private readonly GumroadTransport _transport;

    internal SubscribersApi(GumroadTransport transport) => _transport = transport;

    /// <summary>A membership's <em>active</em> subscribers, those who will leave included; fetched 100 at a time as you go. Scope <c>view_sales</c>.</summary>
    /// <param name="email">Only those who paid under this e-mail.</param>
    public IAsyncEnumerable<Subscriber> ListAsync(string productId, string? email = null, CancellationToken ct = default) =>
        Pages.WalkAsync((key, stop) => ListPageAsync(productId, email, key, stop), ct);

    /// <summary>One subscriber, active or not. Scope <c>view_sales</c>.</summary>
    /// <param name="subscriptionId">The <c>subscription_id</c> of pings and sales.</param>
    /// <exception cref="GumroadNotFoundException">The seller has no such subscriber.</exception>
    public Task<Subscriber> GetAsync(string subscriptionId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.ViewSales, "subscribers", subscriptionId), "subscriber", ApiJson.Default.Subscriber, ct);

    private Task<GumroadPage<Subscriber>> ListPageAsync(string productId, string? email, string? pageKey, CancellationToken ct)
    {
        var call = GumroadCall.Get(Scopes.ViewSales, "products", productId, "subscribers")
            .With("paginated", true)
            .WithSecret("email", email)
            .With("page_key", pageKey);
        return _transport.SendPageAsync(call, "subscribers", ApiJson.Default.IReadOnlyListSubscriber, ct);
    }
}
