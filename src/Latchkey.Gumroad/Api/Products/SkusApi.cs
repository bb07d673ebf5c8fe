namespace Latchkey.Gumroad.Api;

/// <summary>Stock-keeping units, to read only. <c>app/controllers/api/v2/skus_controller.rb</c></summary>
public sealed class SkusApi
{
    private readonly GumroadTransport _transport;

    internal SkusApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The product's units; empty for most products. Any scope.</summary>
    public Task<IReadOnlyList<Sku>> ListAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.Any, "products", productId, "skus"), "skus", ApiJson.Default.IReadOnlyListSku, ct);
}
