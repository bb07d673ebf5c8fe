namespace Latchkey.Gumroad.Api;

/// <summary>Sales. <c>app/controllers/api/v2/sales_controller.rb</c></summary>
public sealed class SalesApi
{
    private readonly GumroadTransport _transport;

    internal SalesApi(GumroadTransport transport) => _transport = transport;

    /// <summary>All sales that match, newest first, fetched ten at a time as you go. Scope <c>view_sales</c>.</summary>
    public IAsyncEnumerable<Sale> ListAsync(SalesQuery? query = null, CancellationToken ct = default) =>
        Pages.WalkAsync((key, stop) => ListPageAsync(query, key, stop), ct);

    /// <summary>One page of sales, ten at most, newest first. Scope <c>view_sales</c>.</summary>
    /// <param name="pageKey">From the page before; null for the first. Give the same query with it.</param>
    public Task<GumroadPage<Sale>> ListPageAsync(SalesQuery? query = null, string? pageKey = null, CancellationToken ct = default)
    {
        var call = GumroadCall.Get(Scopes.ViewSales, "sales")
            .With("after", query?.After)
            .With("before", query?.Before)
            .WithSecret("email", query?.Email)
            .With("product_id", query?.ProductId)
            .With("order_id", query?.OrderId)
            .WithSecret("name", query?.Name)
            .WithSecret("license_key", query?.LicenseKey)
            .With("page_key", pageKey);
        return _transport.SendPageAsync(call, "sales", ApiJson.Default.IReadOnlyListSale, ct);
    }

    /// <summary>One sale. Finds gift receivers, pre-orders and tests too, which lists leave out. Scope <c>view_sales</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The seller has no such sale.</exception>
    public Task<Sale> GetAsync(string saleId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.ViewSales, "sales", saleId), "sale", ApiJson.Default.Sale, ct);

    /// <summary>Refunds all that is left. Sent once: after <see cref="GumroadUnavailableException"/> look at the sale first. Scope <c>refund_sales</c>, with newer Gumroad also <c>edit_sales</c>.</summary>
    /// <exception cref="GumroadRefusedException">Already refunded, or the balance does not cover it.</exception>
    public Task<Sale> RefundAsync(string saleId, CancellationToken ct = default) => RefundAsync(saleId, amount: null, ct);

    /// <summary>Refunds a part; otherwise as <see cref="RefundAsync(string, CancellationToken)"/>.</summary>
    /// <param name="amountCents">At least 1, in the smallest unit of the currency the buyer saw.</param>
    public Task<Sale> RefundAsync(string saleId, long amountCents, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amountCents, 1);
        return RefundAsync(saleId, amount: amountCents, ct);
    }

    /// <summary>Marks a sale as shipped; again changes nothing but the address given. Scope <c>mark_sales_as_shipped</c>.</summary>
    /// <param name="trackingUrl">Where the buyer can follow the parcel; null leaves it as it is.</param>
    public Task<Sale> MarkAsShippedAsync(string saleId, Uri? trackingUrl = null, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Put(Scopes.Ship, "sales", saleId, "mark_as_shipped").WithSecret("tracking_url", trackingUrl?.OriginalString),
            "sale", ApiJson.Default.Sale, ct);

    /// <summary>Mails the receipt again. Newer Gumroad only. Scope <c>edit_sales</c>.</summary>
    public Task ResendReceiptAsync(string saleId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Once(HttpMethod.Post, Scopes.EditSales, "sales", saleId, "resend_receipt").OrElse("Check the id; older Gumroad does not have this call."), ct);

    private Task<Sale> RefundAsync(string saleId, long? amount, CancellationToken ct) =>
        _transport.SendAsync(
            GumroadCall.Once(HttpMethod.Put, Scopes.Refund, "sales", saleId, "refund").With("amount_cents", amount),
            "sale", ApiJson.Default.Sale, ct);
}
