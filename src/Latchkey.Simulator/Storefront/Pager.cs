namespace Latchkey.Simulator.Storefront;

/// <summary>A page of a long list, and the way to the others.</summary>
/// <param name="Items">What this page shows.</param>
/// <param name="Number">Which page, from 1.</param>
/// <param name="Last">How many there are, 1 at least.</param>
/// <param name="Path">The list's address.</param>
/// <param name="Query">What is searched for.</param>
internal sealed record Pager<T>(IReadOnlyList<T> Items, int Number, int Last, string Path, string Query)
{
    private const int Size = 25;

    public static Pager<T> Of(IReadOnlyList<T> all, int number, string path, string query)
    {
        var last = Math.Max(1, (all.Count + Size - 1) / Size);
        var here = Math.Clamp(number, 1, last);
        return new Pager<T>([.. all.Skip((here - 1) * Size).Take(Size)], here, last, path, query);
    }

    public Html Search(string what) => Html.Of($"""
        <form class="inline" method="get" action="{Path}" role="search"><label><span class="soft small">{what}</span> <input type="search" name="q" value="{Query}"></label><button>Search</button></form>
        """);

    public Html Links() => Html.If(Last > 1, () => Html.Of($"""
        <nav aria-label="Pages">{Html.If(Number > 1, () => Link(Number - 1, "Newer"))}<span class="soft">Page {Number} of {Last}</span>{Html.If(Number < Last, () => Link(Number + 1, "Older"))}</nav>
        """));

    private Html Link(int number, string text)
    {
        KeyValuePair<string, string>[] query = [new("q", Query), new("page", Words.Number(number))];
        return Html.Of($"""<a href="{Addresses.WithQuery(Path, query)}">{text}</a>""");
    }
}
