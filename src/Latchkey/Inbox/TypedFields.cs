using System.Globalization;
using Latchkey.Gumroad.Events;

namespace Latchkey.Inbox;

/// <summary>
/// A checkout field that the seller has named like one of Gumroad's own keys stands in that key's place, with what the buyer typed.
/// Such a value is not Gumroad's. Renewals name the fields of the first purchase besides and keep their own values, so only an equal
/// value was typed.
/// </summary>
internal static class TypedFields
{
    public static bool IsTyped(this GumroadEvent read, string key, string? value) =>
        value is not null && read.CustomFields.TryGetValue(key, out var typed) && string.Equals(typed.Trim(), value.Trim(), StringComparison.OrdinalIgnoreCase);

    public static bool IsTyped(this GumroadEvent read, string key, long? value) =>
        read.IsTyped(key, value?.ToString(CultureInfo.InvariantCulture));
}
