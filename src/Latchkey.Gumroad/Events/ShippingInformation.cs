namespace Latchkey.Gumroad.Events;

/// <summary>Where to ship a physical product. Parts the buyer left out are null.</summary>
public sealed record ShippingInformation
{
    /// <summary>The receiver's name.</summary>
    public string? FullName { get; init; }

    /// <summary>Street and number.</summary>
    public string? StreetAddress { get; init; }

    /// <summary>The country's English name.</summary>
    public string? Country { get; init; }

    /// <summary>State or province.</summary>
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    public string? ZipCode { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    internal static ShippingInformation? Read(EventFields sale)
    {
        if (sale.Inner("shipping_information") is not { } fields)
        {
            return null;
        }

        // Only beside the map are the flat ones Gumroad's copies; alone they are custom fields of such names.
        sale.Know("street_address", "country", "state", "zip_code", "city");
        return new ShippingInformation
        {
            FullName = fields.Text("full_name"),
            StreetAddress = fields.Text("street_address"),
            Country = fields.Text("country"),
            State = fields.Text("state"),
            ZipCode = fields.Text("zip_code"),
            City = fields.Text("city"),
        };
    }
}
