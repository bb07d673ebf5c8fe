namespace Latchkey.Gumroad.Api;

/// <summary>Of each list any one scope opens the call; <c>account</c>, where it exists, opens all. <c>app/controllers/api/v2/base_controller.rb</c></summary>
internal static class Scopes
{
    public static readonly IReadOnlyList<string> None = [];
    public static readonly IReadOnlyList<string> Any = ["view_profile", "edit_products", "view_sales", "revenue_share", "ifttt"];
    public static readonly IReadOnlyList<string> EditProducts = ["edit_products"];
    public static readonly IReadOnlyList<string> ViewSales = ["view_sales"];
    public static readonly IReadOnlyList<string> Refund = ["refund_sales", "edit_sales"];
    public static readonly IReadOnlyList<string> EditSales = ["edit_sales"];
    public static readonly IReadOnlyList<string> Ship = ["mark_sales_as_shipped"];
    public static readonly IReadOnlyList<string> ViewPayouts = ["view_payouts"];
}
