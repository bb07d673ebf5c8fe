namespace Latchkey.Simulator.Api;

/// <summary>What Gumroad would know of a country: its code, and the state that an address of the buyer's network points to.</summary>
internal static class Places
{
    private static readonly Dictionary<string, (string Code, string State)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Australia"] = ("AU", "Victoria"),
        ["Austria"] = ("AT", "Vienna"),
        ["Brazil"] = ("BR", "São Paulo"),
        ["Canada"] = ("CA", "Ontario"),
        ["France"] = ("FR", "Île-de-France"),
        ["Germany"] = ("DE", "Berlin"),
        ["India"] = ("IN", "Karnataka"),
        ["Italy"] = ("IT", "Lombardy"),
        ["Japan"] = ("JP", "Kyoto"),
        ["Mexico"] = ("MX", "Jalisco"),
        ["Netherlands"] = ("NL", "Utrecht"),
        ["Poland"] = ("PL", "Mazovia"),
        ["South Korea"] = ("KR", "Seoul"),
        ["Spain"] = ("ES", "Madrid"),
        ["Sweden"] = ("SE", "Stockholm"),
        ["Switzerland"] = ("CH", "Zurich"),
        ["United Kingdom"] = ("GB", "England"),
        ["United States"] = ("US", "California"),
    };

    /// <summary>Two letters, or null for a country not on the list.</summary>
    public static string? CodeOf(string? country) => country is not null && Known.TryGetValue(country, out var place) ? place.Code : null;

    /// <summary>A state of it, or null for a country not on the list.</summary>
    public static string? StateOf(string? country) => country is not null && Known.TryGetValue(country, out var place) ? place.State : null;
}
