using System.Net;
using Latchkey.AspNetCore.PurchaseLinks;

namespace OneTime;

/// <summary>The app's three pages.</summary>
internal static class StarPages
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { max-width: 36rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
        label { display: block; margin: .75rem 0; font-weight: 600; }
        input, select { display: block; width: 100%; box-sizing: border-box; margin-top: .3rem; padding: .6rem; font: inherit; }
        button { padding: .6rem 1.1rem; font: inherit; font-weight: 600; color: #fff; background: #3b4cca; border: 0; border-radius: .6rem; cursor: pointer; }
        :focus-visible { outline: 3px solid #85879a; outline-offset: 2px; }
        """;

    public static IResult Start(string? user, IReadOnlyList<NamedStar> sold) => Page("Name a star", user is null
        ? """
          <p>This is a sample: any name will do, and nobody asks for a password.</p>
          <form method="post" action="/sign-in">
          <label>Your name <input name="name" required maxlength="32" pattern="[A-Za-z0-9]+" title="Letters and digits" autocomplete="username"></label>
          <button>Sign in</button></form>
          """
        : $"""
          <p>Signed in as {Text(user)}.</p>
          <form method="post" action="/buy">
          <label>Star <select name="star">{string.Concat(StarRegister.Stars.Select(s => $"<option>{Text(s)}</option>"))}</select></label>
          <label>Its name from now on <input name="name" required maxlength="32"></label>
          <button>Buy for $5</button></form>
          <h2>The register</h2>
          <ul>{string.Concat(sold.Select(s => $"<li>{Text(s.Star)} is {Text(s.Name)}, by {Text(s.Owner)}</li>"))}</ul>
          """);

    public static IResult Bought(NamedStar star) =>
        Page("It is yours", $"<p role=\"status\">{Text(star.Star)} is called {Text(star.Name)} from now on, {Text(star.Owner)}.</p>");

    public static IResult NotBought(string error) => Page("Not bought", $"<p role=\"status\" data-error=\"{Text(error)}\">{error switch
    {
        PurchaseErrors.NotPaid => "Gumroad has not told us of a payment yet.",
        PurchaseErrors.Expired => "The time to pay is over. Nothing was sold; you may try again.",
        PurchaseErrors.Refunded => "The payment was refunded.",
        PurchaseErrors.InvalidResult => "This address is too old, or not whole. Go back to the page from which you paid.",
        _ => "The payment does not fit what was to be sold. The seller looks at it.",
    }}</p>");

    private static IResult Page(string title, string main) => Results.Text($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
        <link rel="icon" href="data:,"><style>{Style}</style></head>
        <body><main><h1>{title}</h1>{main}<p><a href="/">To the register</a></p></main></body></html>
        """, "text/html; charset=utf-8");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
