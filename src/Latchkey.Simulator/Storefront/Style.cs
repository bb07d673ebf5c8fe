namespace Latchkey.Simulator.Storefront;

/// <summary>The one style sheet.</summary>
internal static class Style
{
    public const string Sheet = """
        :root { color-scheme: light dark; --ink: #16161a; --soft: #5f5f68; --paper: #fbfaf7; --card: #fff; --line: #dcdad3; --edge: #8b8a86; --accent: #b8325e; --tint: #f9e9ef; --good: #1a6d3f; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #f0eff2; --soft: #a9a8b1; --paper: #17171a; --card: #212126; --line: #3a3a42; --edge: #7b7b85; --accent: #f58db0; --tint: #3b2630; --good: #63c98d; --bad: #ff8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        header, main { max-width: 64rem; margin: 0 auto; padding: 1rem; }
        main { padding-bottom: 4rem; }
        nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
        nav a { color: inherit; text-decoration: none; padding: .25rem 0; border-bottom: 2px solid transparent; }
        nav a:hover { border-color: var(--line); }
        nav a[aria-current] { border-color: var(--accent); font-weight: 600; }
        nav .brand { font-weight: 700; font-size: 1.1rem; margin-right: auto; }
        nav.sub { border-bottom: 1px solid var(--line); margin-bottom: 1rem; font-size: .95rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0 1rem; }
        h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .75rem; }
        h3 { font-size: 1.05rem; margin: 0; }
        p { margin: 0 0 1rem; }
        .card h2:first-child { margin-top: 0; }
        .card > :last-child { margin-bottom: 0; }
        a { color: var(--accent); }
        .soft { color: var(--soft); }
        .small { font-size: .9rem; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .price { font-size: 1.15rem; font-weight: 600; }
        .cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); padding: 0; margin: 0 0 1rem; list-style: none; }
        .card { display: block; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem; margin: 0 0 1rem; }
        .linked { position: relative; display: flex; flex-direction: column; gap: .4rem; margin: 0; }
        .linked > a { color: inherit; text-decoration: none; font-weight: 700; }
        .linked > a::after { content: ""; position: absolute; inset: 0; border-radius: .75rem; }
        .linked .price { margin-top: auto; }
        .linked:hover { border-color: var(--accent); }
        .linked:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
        .linked > a:focus-visible { outline: none; }
        .narrow { max-width: 36rem; }
        .columns { display: grid; gap: 0 1.5rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
        @media (min-width: 52rem) { .columns { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); } .sticky { position: sticky; top: 1rem; } }
        .row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
        .tags { display: flex; flex-wrap: wrap; gap: .35rem; margin: .15rem 0 .4rem; }
        .tag { font-size: .8rem; line-height: 1.4; padding: .05rem .5rem; border: 1px solid var(--edge); border-radius: 1rem; color: var(--soft); }
        .tag.good { border-color: var(--good); color: var(--good); }
        .tag.bad { border-color: var(--bad); color: var(--bad); }
        .note { border-left: 3px solid var(--accent); background: var(--tint); border-radius: .25rem; padding: .6rem .9rem; margin: 0 0 1rem; }
        .note p:last-child { margin: 0; }
        .alert { border: 1px solid var(--bad); border-radius: .5rem; padding: .6rem .9rem; color: var(--bad); font-weight: 600; }
        label { display: block; margin: 0 0 .9rem; font-weight: 600; }
        label.check { display: flex; gap: .6rem; align-items: flex-start; font-weight: 400; margin-bottom: .7rem; }
        label.check input { flex: none; width: 1.15rem; height: 1.15rem; margin: .18rem 0 0; accent-color: var(--accent); }
        .hint { margin: -.6rem 0 .9rem; color: var(--soft); font-size: .9rem; }
        label.check + .hint { margin: -.65rem 0 .8rem 1.75rem; }
        input, select, textarea { display: block; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; font-weight: 400; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: .5rem; }
        label > input:not([type=checkbox], [type=radio]), label > select { min-height: 2.9rem; }
        textarea { min-height: 6rem; resize: vertical; }
        fieldset { border: 0; padding: 0; margin: 0 0 1rem; min-width: 0; }
        legend { font-weight: 600; padding: 0; margin: 0 0 .35rem; }
        label.choice { display: flex; gap: .6rem; align-items: center; font-weight: 400; border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; margin: 0 0 .4rem; cursor: pointer; }
        label.choice:has(:checked) { border-color: var(--accent); background: var(--tint); }
        label.choice input { flex: none; width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--accent); }
        label.choice span { flex: 1 1 8rem; }
        label.choice { flex-wrap: wrap; }
        label.choice .soft { flex: 0 1 auto; }
        .giftee { display: none; margin-left: 1.75rem; }
        .gift:has([name=is_gift]:checked) .giftee { display: block; }
        details { margin: 0 0 1rem; }
        summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
        details[open] > summary { margin-bottom: .6rem; }
        button, a.button { display: inline-block; padding: .45rem .8rem; font: inherit; color: inherit; text-decoration: none; background: transparent; border: 1px solid var(--edge); border-radius: .5rem; cursor: pointer; }
        button:hover, a.button:hover { border-color: var(--accent); }
        button.main, a.main { display: block; width: 100%; padding: .75rem; font-weight: 700; text-align: center; color: #fff; background: #b8325e; border-color: #b8325e; }
        button.main:hover, a.main:hover { background: #9d2850; }
        button.quiet { padding: .2rem .55rem; font-size: .9rem; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        form.inline { display: inline-flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: 0; }
        form.inline label { margin: 0; }
        form.inline input, form.inline select { width: auto; min-height: auto; max-width: 100%; margin: 0; padding: .25rem .6rem; font-size: .9rem; }
        form.inline input[type=number], form.inline input.money { width: 6.5rem; }
        form.fields { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); align-items: end; }
        form.fields button { margin-bottom: .9rem; justify-self: start; }
        .scopes { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
        .actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .75rem 0; }
        dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: .35rem 1rem; margin: 0; }
        dt { color: var(--soft); }
        dd { margin: 0; }
        code, pre { font-size: .9em; }
        pre { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; margin: 0; }
        ul.plain { list-style: none; margin: 0 0 1rem; padding: 0; }
        ul.plain li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
        ul.plain li:last-child { border-bottom: 0; }
        .line { display: flex; gap: 1rem; justify-content: space-between; margin: 0 0 .25rem; color: var(--soft); }
        .total { color: inherit; border-top: 1px solid var(--line); margin: .6rem 0 1rem; padding-top: .6rem; font-size: 1.15rem; font-weight: 700; }
        .clock { font-size: 1.8rem; font-weight: 700; font-variant-numeric: tabular-nums; margin: 0; }
        button.main ~ p { margin-top: .75rem; }
        table { width: 100%; margin: 0 0 1rem; border-collapse: collapse; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--soft); font-weight: 600; white-space: nowrap; }
        .dials label { display: flex; gap: 1rem; align-items: center; justify-content: space-between; margin: 0; }
        .dials label input { width: 8rem; flex: none; margin: 0; }
        .dials .hint { margin: 0 9rem 1rem 0; }
        .pairs td:first-child { width: 35%; font-family: ui-monospace, monospace; color: var(--soft); }
        @media (max-width: 40rem) {
          .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .stack tr { display: block; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); padding: .5rem .8rem; margin: 0 0 .6rem; }
          .stack td { display: grid; grid-template-columns: 6rem minmax(0, 1fr); border: 0; padding: .15rem 0; white-space: normal; }
          .stack td::before { content: attr(data-label); color: var(--soft); }
          nav { gap: .25rem 1rem; }
          nav .brand { flex: 1 0 100%; }
          label.choice .soft:not(:empty) { flex-basis: 100%; padding-left: 1.7rem; }
          .pairs td:first-child { width: 50%; }
          .dials .hint { margin-right: 0; margin-top: .25rem; }
          dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
          dd { margin-bottom: .5rem; }
        }
        """;
}
