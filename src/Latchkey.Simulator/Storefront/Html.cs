using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Latchkey.Simulator.Storefront;

/// <summary>Markup. Made only by <see cref="Of"/>, which encodes every hole that is not markup itself.</summary>
internal readonly record struct Html(string Markup)
{
    public static Html Of(Builder markup) => new(markup.ToString());

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> one) => new(string.Concat(items.Select(item => one(item).Markup)));

    public static Html If(bool condition, Func<Html> markup) => condition ? markup() : new("");

    public override string ToString() => Markup ?? "";

    [InterpolatedStringHandler]
    internal readonly ref struct Builder(int literalLength, int holes)
    {
        private readonly StringBuilder _markup = new(literalLength + (holes * 16));

        public void AppendLiteral(string literal) => _markup.Append(literal);

        public void AppendFormatted(Html html) => _markup.Append(html.Markup);

        public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

        public override string ToString() => _markup.ToString();
    }
}
