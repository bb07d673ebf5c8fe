namespace Latchkey.Simulator.Api;

/// <summary>What tokens open. Source: <c>config/initializers/doorkeeper.rb</c>.</summary>
internal static class Scopes
{
    public const string ViewPublic = "view_public";
    public const string ViewProfile = "view_profile";
    public const string EditProducts = "edit_products";
    public const string ViewSales = "view_sales";
    public const string MarkSalesAsShipped = "mark_sales_as_shipped";
    public const string RefundSales = "refund_sales";
    public const string EditSales = "edit_sales";
    public const string ViewPayouts = "view_payouts";
    public const string Account = "account";

    /// <summary>Any of these shows the seller's address and currency.</summary>
    public static IReadOnlyList<string> Public { get; } = [EditProducts, ViewSales, "revenue_share", "ifttt", ViewProfile];

    /// <summary>Any of these reads products and what belongs to them.</summary>
    public static IReadOnlyList<string> Read { get; } = [.. Public, ViewPublic];

    private static readonly string[] Old = [.. Read, MarkSalesAsShipped, RefundSales];

    private static readonly string[] New = [.. Old, EditSales, ViewPayouts, "edit_profile", "edit_emails", "view_tax_data", Account];

    public static IReadOnlyList<string> Of(GumroadVersion version) => version is GumroadVersion.April2025 ? Old : New;
}
