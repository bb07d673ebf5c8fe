namespace Latchkey.Simulator.Storefront;

/// <summary>What all pages share.</summary>
internal static class Layout
{
    private static readonly (string Path, string Name)[] SellerParts =
    [
        ("/seller", "Sales"), ("/seller/memberships", "Memberships"), ("/seller/products", "Products"), ("/seller/pings", "Pings"),
        ("/seller/settings", "Settings"), ("/seller/clock", "Clock"), ("/seller/faults", "Faults"),
    ];

    /// <param name="title">Stands in the window's title; the page writes its own heading.</param>
    /// <param name="content">The page.</param>
    /// <param name="here">The address of the entry in the main navigation that this page belongs to.</param>
    /// <param name="head">More for the head.</param>
    public static Html Page(string title, Html content, string here = "/", Html head = default) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Gumroad simulator</title>
        <link rel="stylesheet" href="/style.css">
        {head}
        </head>
        <body>
        <header><nav aria-label="Main"><a class="brand" href="/">Gumroad simulator</a>{Link("/", "Shop", here)}{Link("/account", "Buyer", here)}{Link("/seller", "Seller", here)}</nav></header>
        <main>
        {content}
        </main>
        </body>
        </html>
        """);

    /// <summary>A page of the seller's, below the navigation of all of them.</summary>
    public static Html Seller(string title, string here, Html content, Html head = default) => Page(title, Html.Of($"""
        <nav class="sub" aria-label="Seller">{Html.Each(SellerParts, part => Link(part.Path, part.Name, here))}</nav>
        {content}
        """), "/seller", head);

    /// <summary>A form of one button.</summary>
    public static Html Button(string action, string text, Html hidden = default) =>
        Html.Of($"""<form class="inline" method="post" action="{action}">{hidden}<button class="quiet">{text}</button></form> """);

    /// <summary>A card in a list that leads somewhere. Only its title is the link's name.</summary>
    public static Html Card(string href, string title, Html rest) =>
        Html.Of($"""<li class="card linked"><a href="{href}">{title}</a>{rest}</li>""");

    public static Html Hidden(string name, string value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    public static Html Tag(string text, string kind = "") => Html.Of($"""<span class="tag {kind}">{text}</span>""");

    public static Html Alert(string? problem) =>
        Html.If(problem is not null, () => Html.Of($"""<p class="alert" role="alert">{problem}</p>"""));

    private static Html Link(string path, string name, string here) => path == here
        ? Html.Of($"""<a href="{path}" aria-current="page">{name}</a>""")
        : Html.Of($"""<a href="{path}">{name}</a>""");
}
