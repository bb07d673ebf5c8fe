namespace Latchkey.Simulator.Storefront;

/// <summary>The parts of a form, each with its label.</summary>
internal static class Fields
{
    /// <param name="label">Its accessible name.</param>
    /// <param name="name">Its name in the form.</param>
    /// <param name="value">What stands in it.</param>
    /// <param name="more">Further attributes.</param>
    /// <param name="hint">Stands below it.</param>
    public static Html Input(string label, string name, string? value, Html more = default, string? hint = null) => Html.Of($"""
        <label>{label}<input name="{name}" value="{value}"{Described(name, hint)} {more}></label>{Hint(name, hint)}
        """);

    public static Html Long(string label, string name, string? value, bool required) => Html.Of($"""
        <label>{label}<textarea name="{name}" {Attribute("required", required)}>{"\n" + value}</textarea></label>
        """);

    public static Html Check(string label, string name, bool isOn, bool required = false, string? hint = null) => Html.Of($"""
        <label class="check"><input type="checkbox" name="{name}" value="true" {Attribute("checked", isOn)} {Attribute("required", required)}{Described(name, hint)}> {label}</label>{Hint(name, hint)}
        """);

    /// <summary>Radio buttons; each option is its value, its words and what stands at its right.</summary>
    public static Html Choices(string legend, string name, string? chosen, IEnumerable<(string Value, string Words, string Price)> options) => Html.Of($"""
        <fieldset><legend>{legend}</legend>
        {Html.Each(options, option => Html.Of($"""<label class="choice"><input type="radio" name="{name}" value="{option.Value}" {Attribute("checked", option.Value == chosen)}><span>{option.Words}</span> <span class="soft">{option.Price}</span></label>"""))}
        </fieldset>
        """);

    public static Html Select(string label, string name, string? chosen, IEnumerable<(string Value, string Words)> options) => Html.Of($"""
        <label>{label} <select name="{name}">{Html.Each(options, option => Html.Of($"""<option value="{option.Value}" {Attribute("selected", option.Value == chosen)}>{option.Words}</option>"""))}</select></label>
        """);

    /// <summary>An attribute without a value, if it is there at all.</summary>
    public static Html Attribute(string name, bool isThere) => new(isThere ? name : "");

    private static Html Described(string name, string? hint) =>
        Html.If(hint is not null, () => Html.Of($" aria-describedby=\"{name}-hint\""));

    private static Html Hint(string name, string? hint) =>
        Html.If(hint is not null, () => Html.Of($"""<p class="hint" id="{name}-hint">{hint}</p>"""));
}
