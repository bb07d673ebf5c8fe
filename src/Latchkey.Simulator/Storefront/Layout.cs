using System.Globalization;

namespace Latchkey.Simulator.Storefront;

/// <summary>What all pages share.</summary>
internal static class Layout
{
    public const string Style = """
        :root { color-scheme: light dark; --ink: #16161a; --soft: #67676f; --paper: #fbfaf7; --card: #fff; --line: #dcdad3; --accent: #b8325e; --good: #1d7a46; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #f0eff2; --soft: #a3a2ab; --paper: #17171a; --card: #212126; --line: #3a3a42; --accent: #f27ba0; --good: #63c98d; --bad: #ff8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        header, main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
        header { display: flex; justify-content: space-between; align-items: baseline; }
        header a { color: inherit; text-decoration: none; }
        header strong { font-size: 1.1rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 1rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
        a { color: var(--accent); }
        .soft { color: var(--soft); }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); padding: 0; list-style: none; }
        .card { display: block; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin: 0 0 1rem; }
        a.card { color: inherit; text-decoration: none; height: 100%; margin: 0; }
        a.card:hover { border-color: var(--accent); }
        .narrow { max-width: 28rem; }
        .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; justify-content: space-between; }
        label { display: block; margin: 0 0 .9rem; font-weight: 600; }
        input, select { display: block; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; font-weight: 400; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; }
        button { padding: .45rem .8rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
        button:hover { border-color: var(--accent); }
        button.main { width: 100%; padding: .75rem; font-weight: 700; color: #fff; background: #b8325e; border-color: #b8325e; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        form.inline { display: inline-block; margin: .2rem 0; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1rem; margin: 0; }
        dt { color: var(--soft); }
        dd { margin: 0; }
        code { font-size: .95em; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        """;

    public static Html Page(string title, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <header><a href="/"><strong>Gumroad simulator</strong></a><a href="/seller">Seller</a></header>
        <main>
        {content}
        </main>
        </body>
        </html>
        """);

    /// <summary>A form of one button.</summary>
    public static Html Button(string action, string text) =>
        Html.Of($"""<form class="inline" method="post" action="{action}"><button>{text}</button></form> """);

    public static string Dollars(int cents) => (cents / 100m).ToString("'$'0.00", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
