using System.Globalization;
using System.Text;

namespace Latchkey.Contracts.Leases;

/// <summary>
/// Writes one JSON object without whitespace and with the fewest escapes JSON allows, so that issuers written
/// apart give the same bytes. The caller names the members in ordinal order; a wrong order is a mistake of ours.
/// </summary>
internal sealed class CanonicalJson
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StringBuilder _text = new("{");
    private string _last = "";

    public CanonicalJson Add(string name, string? value) => Raw(name, value is null ? "null" : Quoted(value));

    public CanonicalJson Add(string name, long? value) => Raw(name, value?.ToString(CultureInfo.InvariantCulture) ?? "null");

    public CanonicalJson Add(string name, bool value) => Raw(name, value ? "true" : "false");

    public CanonicalJson Add(string name, IEnumerable<string> texts) => Raw(name, $"[{string.Join(",", texts.Select(Quoted))}]");

    public CanonicalJson Add(string name, IEnumerable<CanonicalJson> objects) => Raw(name, $"[{string.Join(",", objects)}]");

    public byte[] ToBytes() => Strict.GetBytes(ToString());

    public override string ToString() => _text + "}";

    private CanonicalJson Raw(string name, string value)
    {
        if (string.CompareOrdinal(_last, name) >= 0)
        {
            throw new InvalidOperationException($"{name} must not follow {_last}.");
        }

        _ = _last.Length == 0 ? _text : _text.Append(',');
        _text.Append(Quoted(name)).Append(':').Append(value);
        _last = name;
        return this;
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
