namespace Latchkey.Simulator.Checkout;

/// <summary>What the buyer put into the seller's own fields, as Gumroad keeps it: text trimmed and squeezed, checkboxes as booleans.</summary>
/// <param name="Values">By name; each field of the product is there, blank or not.</param>
/// <param name="Booleans">Which of them are <c>true</c> or <c>false</c> rather than text.</param>
internal sealed record Answers(IReadOnlyDictionary<string, string> Values, IReadOnlySet<string> Booleans)
{
    public static Answers None { get; } = new(new Dictionary<string, string>(), new HashSet<string>());

    /// <summary>The answers to the product's fields in their order, then to any other, which are text: Gumroad has fields of the whole account too.</summary>
    public static Answers To(SimulatedProduct product, IReadOnlyDictionary<string, string> given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var booleans = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in product.CustomFields.GroupBy(field => field.Name).Select(equal => equal.Last()))
        {
            values[field.Name] = ValueOf(field, given.GetValueOrDefault(field.Name, ""));
            if (field.IsBoolean)
            {
                booleans.Add(field.Name);
            }
        }

        foreach (var (name, text) in given.Where(pair => !values.ContainsKey(pair.Key)))
        {
            values[name] = Squeeze(text);
        }

        return new Answers(values, booleans);
    }

    private static string ValueOf(CheckoutField field, string text)
    {
        var value = field.Type == "file" ? "" : Squeeze(text);
        if (!field.IsBoolean)
        {
            return value.Length > 0 || !field.Required || field.Type == "file" ? value : throw Missing(field);
        }

        if (!bool.TryParse(value.Length == 0 ? bool.FalseString : value, out var isTicked))
        {
            throw new ArgumentException($"CustomFields: '{field.Name}' is a checkbox; give true or false.");
        }

        return isTicked ? "true" : field.Required ? throw Missing(field) : "false";
    }

    private static ArgumentException Missing(CheckoutField field) => new($"CustomFields: '{field.Name}' is required; fill it in.");

    private static string Squeeze(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim();
}
