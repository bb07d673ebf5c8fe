using System.Globalization;

namespace Latchkey.Simulator.Api;

/// <summary>Prices as Gumroad shows them. The simulator changes every currency into USD at one to one.</summary>
internal static class MoneyText
{
    /// <summary>What the simulator's products can be priced in.</summary>
    public static IReadOnlyDictionary<string, string> Symbols { get; } = new Dictionary<string, string>
    {
        ["usd"] = "$",
        ["gbp"] = "£",
        ["eur"] = "€",
        ["jpy"] = "¥",
        ["inr"] = "₹",
        ["aud"] = "A$",
        ["cad"] = "CAD$",
        ["hkd"] = "HK$",
        ["sgd"] = "S$",
        ["twd"] = "NT$",
        ["nzd"] = "NZ$",
        ["brl"] = "R$",
        ["zar"] = "ZAR",
        ["chf"] = "CHF",
        ["ils"] = "₪",
        ["php"] = "₱",
        ["krw"] = "₩",
        ["pln"] = "zł",
        ["czk"] = "Kč",
    };

    public static string SymbolOf(string currency) => Symbols.GetValueOrDefault(currency, "$");

    /// <summary><c>25</c> or <c>18.75</c>.</summary>
    public static string Amount(int cents) => (cents / 100m).ToString(cents % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary><c>$1,250</c> or <c>$18.75</c>.</summary>
    public static string Price(int cents, string currency) =>
        SymbolOf(currency) + (cents / 100m).ToString(cents % 100 == 0 ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);

    /// <summary><c>$9 a month</c>; without a recurrence the price alone.</summary>
    public static string Price(int cents, string currency, string? recurrence) => Price(cents, currency) + Per(recurrence);

    /// <summary><c> a month</c>, or nothing without a recurrence.</summary>
    public static string Per(string? recurrence) => recurrence switch
    {
        null => "",
        "monthly" => " a month",
        "quarterly" => " every 3 months",
        "biannually" => " every 6 months",
        "yearly" => " a year",
        _ => " every 2 years",
    };
}
