using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>License keys. <c>app/controllers/api/v2/licenses_controller.rb</c></summary>
public sealed class LicensesApi
{
    private readonly GumroadTransport _transport;

    internal LicensesApi(GumroadTransport transport) => _transport = transport;

    /// <summary>Asks Gumroad about a key. Needs no access token, and sends none.</summary>
    /// <param name="productId">The product's id, as <c>8F_LHPDdm1JxZGU-reMQVQ==</c>.</param>
    /// <param name="licenseKey">As the buyer typed it; blanks around it are dropped.</param>
    /// <param name="increment">Whether this counts as a use.</param>
    public Task<LicenseVerification> VerifyAsync(string productId, string licenseKey, IncrementUses increment, CancellationToken ct = default) =>
        VerifyAsync("product_id", productId, licenseKey, increment, ct);

    /// <summary>Asks about a key by the product's short or custom permalink: older products only.</summary>
    /// <exception cref="GumroadProductIdRequiredException">The product is a newer one; the exception has its id.</exception>
    public Task<LicenseVerification> VerifyByPermalinkAsync(string permalink, string licenseKey, IncrementUses increment, CancellationToken ct = default) =>
        VerifyAsync("product_permalink", permalink, licenseKey, increment, ct);

    /// <summary>Makes a disabled key good again. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">No such key for this product, or the product is somebody else's.</exception>
    /// <exception cref="GumroadRefusedException">The buyer's access was taken away.</exception>
    public Task<GumroadLicense> EnableAsync(string productId, string licenseKey, CancellationToken ct = default) =>
        ChangeAsync(GumroadCall.Put(Scopes.EditProducts, "licenses", "enable"), productId, licenseKey, ct);

    /// <summary>Makes a key fail verification; errors as for <see cref="EnableAsync"/>. No ping tells of it. Scope <c>edit_products</c>.</summary>
    public Task<GumroadLicense> DisableAsync(string productId, string licenseKey, CancellationToken ct = default) =>
        ChangeAsync(GumroadCall.Put(Scopes.EditProducts, "licenses", "disable"), productId, licenseKey, ct);

    /// <summary>Takes one use back, down to 0; errors as for <see cref="EnableAsync"/>. Sent once. Scope <c>edit_products</c>.</summary>
    public Task<GumroadLicense> DecrementUsesAsync(string productId, string licenseKey, CancellationToken ct = default) =>
        ChangeAsync(GumroadCall.Once(HttpMethod.Put, Scopes.EditProducts, "licenses", "decrement_uses_count"), productId, licenseKey, ct);

    /// <summary>Replaces the key by a new one, found in the answer's purchase; errors as for <see cref="EnableAsync"/>. Sent once, newer Gumroad only. No ping tells of it. Scope <c>edit_products</c>.</summary>
    public Task<GumroadLicense> RotateAsync(string productId, string licenseKey, CancellationToken ct = default) =>
        ChangeAsync(GumroadCall.Once(HttpMethod.Put, Scopes.EditProducts, "licenses", "rotate").OrElse("Check the id; older Gumroad does not have this call."), productId, licenseKey, ct);

    private static GumroadCall About(GumroadCall call, string product, string productValue, string licenseKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(productValue);
        ArgumentException.ThrowIfNullOrWhiteSpace(licenseKey);
        return call.With(product, productValue).WithSecret("license_key", licenseKey.Trim());
    }

    private async Task<LicenseVerification> VerifyAsync(string product, string productValue, string licenseKey, IncrementUses increment, CancellationToken ct)
    {
        // Said either way: left out, it counts.
        var call = About(GumroadCall.Verify(increment), product, productValue, licenseKey).With("increment_uses_count", increment == IncrementUses.Yes);
        var reply = await _transport.ReplyAsync(call, IsOutcome, ct).ConfigureAwait(false);
        if (Refusal(reply) is { } refusal)
        {
            return refusal;
        }

        var license = Read(call, reply);
        return license is { Purchase: { } purchase }
            ? new LicenseVerification.Valid(license.Uses, purchase)
            : new LicenseVerification.ImportedCustomer(license.Uses, license.ImportedCustomer!);
    }

    private async Task<GumroadLicense> ChangeAsync(GumroadCall call, string productId, string licenseKey, CancellationToken ct)
    {
        var reply = await _transport.ReplyAsync(About(call, "product_id", productId, licenseKey), _ => false, ct).ConfigureAwait(false);
        return Read(call, reply);
    }

    private static bool IsOutcome(GumroadReply reply) => Refusal(reply) is not null;

    private static LicenseVerification? Refusal(GumroadReply reply) => reply switch
    {
        not { Status: HttpStatusCode.NotFound, Words: not null } => null,
        var said when said.Words.Contains(LicenseWords.NotFound, StringComparison.Ordinal) => new LicenseVerification.NotFound(),
        var said when said.Words.Contains(LicenseWords.Disabled, StringComparison.Ordinal) => new LicenseVerification.Disabled(),
        var said when said.Words.Contains(LicenseWords.AccessRevoked, StringComparison.Ordinal) => new LicenseVerification.AccessRevoked(),
        _ => null,
    };

    private static GumroadLicense Read(GumroadCall call, GumroadReply reply)
    {
        var answer = GumroadTransport.Read(call, reply, ApiJson.Default.LicenseAnswer);
        return answer switch
        {
            { Uses: null } => throw Failures.Unreadable(call, reply.Status, "\"uses\" is missing"),
            { Purchase: null, ImportedCustomer: null } => throw Failures.Unreadable(call, reply.Status, "\"purchase\" is missing"),
            _ => new GumroadLicense(answer.Uses.Value, answer.Purchase, answer.ImportedCustomer),
        };
    }
}
