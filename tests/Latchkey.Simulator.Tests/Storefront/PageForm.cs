using System.Net;
using System.Text.RegularExpressions;

namespace Latchkey.Simulator.Tests.Storefront;

/// <summary>A form as a browser would send it: what stands in its fields, unless something else is typed.</summary>
internal sealed partial class PageForm
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    private PageForm(string action) => Action = action;

    public string Action { get; }

    public IEnumerable<(string Name, string Value)> Pairs => _pairs.Select(pair => (pair.Key, pair.Value));

    public string? this[string name] => _pairs.LastOrDefault(pair => pair.Key == name).Value;

    /// <summary>The form of the page that posts to this address.</summary>
    public static PageForm Of(string page, string action)
    {
        var match = Forms().Matches(page).Single(form => Attribute(form.Groups[1].Value, "action") == action);
        var form = new PageForm(action);
        foreach (Match field in FieldsOf().Matches(match.Groups[2].Value))
        {
            form.Read(field);
        }

        return form;
    }

    /// <summary>Types into a field, chooses an option, or with null clears a checkbox.</summary>
    public PageForm With(string name, string? value)
    {
        var at = _pairs.FindIndex(pair => pair.Key == name);
        _pairs.RemoveAll(pair => pair.Key == name);
        if (value is not null)
        {
            _pairs.Insert(at < 0 ? _pairs.Count : at, new(name, value));
        }

        return this;
    }

    public FormUrlEncodedContent Content() => new(_pairs);

    private void Read(Match field)
    {
        var tag = field.Groups["tag"].Value;
        if (Attribute(tag, "name") is not { } name)
        {
            return;
        }

        if (field.Groups["text"].Success)
        {
            _pairs.Add(new(name, WebUtility.HtmlDecode(field.Groups["text"].Value.TrimStart('\n'))));
        }
        else if (field.Groups["options"].Success)
        {
            var options = Options().Matches(field.Groups["options"].Value).Select(option => option.Value).ToList();
            _pairs.Add(new(name, Attribute(options.Find(option => option.Contains(" selected", StringComparison.Ordinal)) ?? options[0], "value")!));
        }
        else if (Attribute(tag, "type") is not ("checkbox" or "radio") || Checked().IsMatch(tag))
        {
            _pairs.Add(new(name, Attribute(tag, "value") ?? ""));
        }
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("(<form[^>]*>)(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("(?<tag><input[^>]*>)|(?<tag><textarea[^>]*>)(?<text>[^<]*)</textarea>|(?<tag><select[^>]*>)(?<options>.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex FieldsOf();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex(" checked[ >]")]
    private static partial Regex Checked();
}
