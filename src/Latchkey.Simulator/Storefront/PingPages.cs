using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Simulator.Storefront;

/// <summary>The POSTs so far, and one of them.</summary>
internal static class PingPages
{
    private const int Shown = 100;
    private static readonly Html Refresh = new("""<meta http-equiv="refresh" content="3">""");

    public static Html All(IReadOnlyList<PingAttempt> attempts, bool refreshes) => Layout.Seller("Pings", "/seller/pings", Html.Of($"""
        <div class="row"><h1>Pings</h1>{(refreshes ? Html.Of($"""<a href="/seller/pings?refresh=off">Stop refreshing</a>""") : Html.Of($"""<a href="/seller/pings">Refresh by itself</a>"""))}</div>
        {Html.If(attempts.Count == 0, () => Html.Of($"""
        <p>None sent yet. A sale is announced 10 seconds after it happened, everything else 5, by the simulator's clock and sooner by its ping speed.</p>
        <p>Does anything listen? <a href="/seller/settings">Settings</a> says where pings go.</p>
        """))}
        {Html.If(attempts.Count > 0, () => Table(attempts))}
        {Html.If(attempts.Count > Shown, () => Html.Of($"""<p class="soft">The newest {Shown} of {attempts.Count}. All are at <a href="/simulator/pings">/simulator/pings</a>.</p>"""))}
        """), refreshes ? Refresh : default);

    public static Html One(PingAttempt attempt, int number) => Layout.Seller("Ping", "", Html.Of($"""
        <p><a href="/seller/pings?refresh=off">All pings</a></p>
        <h1>Ping {number}: {Resource(attempt)}</h1>
        <div class="card">
        <dl>
        <dt>Over at</dt><dd>{Words.Time(attempt.At)}</dd>
        <dt>Attempt</dt><dd>{attempt.Attempt}{Html.If(attempt.Attempt > 1, () => Html.Of($", with retry_count={attempt.Attempt - 1}"))}{Html.If(attempt.IsRepeat, () => Html.Of($", sent once more on purpose"))}</dd>
        <dt>Answer</dt><dd>{Answer(attempt)}</dd>
        <dt>To</dt><dd>{attempt.Url.AbsoluteUri}</dd>
        <dt>Content-Type</dt><dd>{attempt.ContentType}</dd>
        </dl>
        </div>
        <h2>What it says</h2>
        <div class="card">{Pairs(attempt)}</div>
        <h2>The body as sent, {attempt.Body.Length} bytes</h2>
        <pre tabindex="0" aria-label="Body">{Encoding.UTF8.GetString(attempt.Body.Span)}</pre>
        """));

    private static Html Table(IReadOnlyList<PingAttempt> attempts) => Html.Of($"""
        <table class="stack">
        <thead><tr><th>When</th><th>Resource</th><th>About</th><th>Attempt</th><th>Answer</th><th>To</th></tr></thead>
        <tbody>{Html.Each(attempts.Index().Reverse().Take(Shown), ping => Row(ping.Item, ping.Index + 1))}</tbody>
        </table>
        """);

    private static Html Row(PingAttempt attempt, int number) => Html.Of($"""
        <tr><td data-label="When">{Words.Time(attempt.At)}</td><td data-label="Resource"><a href="/seller/pings/{number}">{Resource(attempt)}</a></td><td data-label="About">{About(attempt)}</td><td data-label="Attempt">{attempt.Attempt}</td><td data-label="Answer">{Answer(attempt)}</td><td data-label="To">{attempt.Url.AbsoluteUri}</td></tr>
        """);

    private static string Resource(PingAttempt attempt) => attempt.Resource ?? "test button";

    private static Html Answer(PingAttempt attempt) => Html.Of($"""
        <span class="{(attempt.Delivered ? "good" : "bad")}">{(attempt.Status is { } status ? Words.Number(status) : attempt.Failure)}</span>
        """);

    /// <summary>Whose and what, to tell the rows apart.</summary>
    private static Html About(PingAttempt attempt)
    {
        var pairs = PairsOf(attempt);
        return Html.Of($"""<span>{Of("email") ?? Of("user_email")}<br><span class="soft">{Of("product_name")}</span></span>""");

        string? Of(string name) => pairs.FirstOrDefault(pair => pair.Name == name).Value;
    }

    private static Html Pairs(PingAttempt attempt) => Html.Of($"""
        <table class="pairs"><thead><tr><th>Name</th><th>Value</th></tr></thead>
        <tbody>{Html.Each(PairsOf(attempt), pair => Html.Of($"""<tr><td>{pair.Name}</td><td>{pair.Value}{Html.If(pair.Value.Length == 0, () => Html.Of($"""<span class="soft">(empty)</span>"""))}</td></tr>"""))}</tbody></table>
        """);

    private static IReadOnlyList<(string Name, string Value)> PairsOf(PingAttempt attempt) =>
        PingDecoder.Decode(attempt.Body.Span, attempt.ContentType) is PingDecoding.Decoded { Root: var root } ? [.. Flat(root, "")] : [];

    private static IEnumerable<(string Name, string Value)> Flat(PingNode node, string name) => node switch
    {
        PingMap map => map.Entries.SelectMany(entry => Flat(entry.Value, name.Length == 0 ? entry.Key : $"{name}[{entry.Key}]")),
        PingList list => list.Items.SelectMany(item => Flat(item, name + "[]")),
        PingText text => [(name, text.Value)],
        _ => [],
    };
}
