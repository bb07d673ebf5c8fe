namespace Latchkey.Simulator;

/// <summary>A field the seller added to the checkout.</summary>
/// <param name="Name">Its label, and in the ping a key of its own: <c>email</c> or <c>sale_id</c> replace what Gumroad writes there.</param>
/// <param name="Type"><c>text</c>, <c>checkbox</c>, <c>terms</c>, <c>long_text</c> or <c>file</c>.</param>
/// <param name="Required">Whether the buyer must fill it in.</param>
public sealed record CheckoutField(string Name, string Type = "text", bool Required = false)
{
    /// <summary>Whether the ping carries <c>true</c> or <c>false</c> rather than text.</summary>
    public bool IsBoolean => Type is "checkbox" or "terms";
}
