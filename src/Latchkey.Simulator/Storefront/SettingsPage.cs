using Latchkey.Simulator.Api;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Storefront;

/// <summary>Where pings go, and who may use the API.</summary>
internal static class SettingsPage
{
    public static Html Of(GumroadSimulator simulator, IReadOnlyList<AccessToken> tokens, string? problem = null, string? typed = null) => Layout.Seller("Settings", "/seller/settings", Html.Of($"""
        <h1>Settings</h1>
        {Layout.Alert(problem)}
        {Account(simulator, typed)}
        {Subscriptions(simulator)}
        {Tokens(simulator, tokens)}
        """));

    private static Html Account(GumroadSimulator simulator, string? typed) => Html.Of($"""
        <section class="card">
        <h2>The account's ping URL</h2>
        <p class="soft">Gets <code>sale</code> pings only. Without <code>http</code> it gets <code>http://</code> in front, as with Gumroad.</p>
        <form method="post" action="/seller/settings/ping-url">
        {Fields.Input("Ping URL", "url", typed ?? simulator.PingUrl?.OriginalString, new("inputmode=\"url\" autocomplete=\"off\" spellcheck=\"false\""), hint: "Empty for none.")}
        <button>Save</button>
        </form>
        {Html.If(simulator.PingUrl is not null, () => Html.Of($"""
        <div class="actions">{Layout.Button("/seller/settings/test-ping", "Send test ping")}<span class="soft small">The latest sale once more, with test=true and without resource_name. Never tried again.</span></div>
        """))}
        </section>
        """);

    private static Html Subscriptions(GumroadSimulator simulator)
    {
        var all = PingResources.All.SelectMany(simulator.Endpoints.List).ToList();
        return Html.Of($"""
            <section class="card">
            <h2>Resource subscriptions</h2>
            <p class="soft">At Gumroad only the API can make these; here you can too. A URL subscribed twice gets everything twice.</p>
            {Html.If(all.Count > 0, () => Html.Of($"""
            <table class="stack"><thead><tr><th>Resource</th><th>To</th><th>Made by</th><th></th></tr></thead><tbody>{Html.Each(all, each => Subscription(each, simulator))}</tbody></table>
            """))}
            <form class="fields" method="post" action="/seller/settings/subscriptions">
            {Fields.Select("Resource", "resource", "", PingResources.All.Select(name => (name, name)).Prepend(("", "all eight")))}
            {Fields.Input("URL", "url", "", new("inputmode=\"url\" autocomplete=\"off\" spellcheck=\"false\" required"))}
            <button>Subscribe</button>
            </form>
            </section>
            """);
    }

    private static Html Subscription(PingEndpoint endpoint, GumroadSimulator simulator) => Html.Of($"""
        <tr><td data-label="Resource">{endpoint.Resource}</td><td data-label="To">{endpoint.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped)}</td>
        <td data-label="Made by"><span>{MadeBy(endpoint, simulator)}</span></td>
        <td>{Layout.Button("/seller/settings/subscriptions/" + Uri.EscapeDataString(endpoint.Id) + "/remove", "Remove")}</td></tr>
        """);

    private static Html MadeBy(PingEndpoint endpoint, GumroadSimulator simulator) => endpoint switch
    {
        { IsTrusted: true } => Html.Of($"the start"),
        { ApplicationId: null } => Html.Of($"this page"),
        { ApplicationId: { } id } when simulator.Endpoints.IsApplicationLive(id) => Html.Of($"the API"),
        _ => Html.Of($"""the API; <span class="bad">silent, as its application has no token with view_sales</span>"""),
    };

    private static Html Tokens(GumroadSimulator simulator, IReadOnlyList<AccessToken> tokens) => Html.Of($"""
        <section class="card">
        <h2>API tokens</h2>
        <p class="soft">For <code>{simulator.Address.AbsoluteUri}v2/…</code>, as <code>Authorization: Bearer TOKEN</code>.</p>
        {Html.If(tokens.Count > 0, () => Html.Of($"""
        <table class="stack"><thead><tr><th>Token</th><th>Scopes</th><th></th></tr></thead><tbody>{Html.Each(tokens, Token)}</tbody></table>
        """))}
        <form method="post" action="/seller/settings/tokens">
        <fieldset><legend>Scopes of a new token</legend>
        <div class="scopes">{Html.Each(simulator.Tokens.AllScopes, scope => Fields.Check(scope, "scope." + scope, scope == Scopes.ViewSales))}</div>
        </fieldset>
        <p class="hint">None ticked is all of them.</p><button>Make a token</button>
        </form>
        </section>
        """);

    private static Html Token(AccessToken token) => Html.Of($"""
        <tr><td data-label="Token"><code>{token.Value}</code></td><td data-label="Scopes">{string.Join(' ', token.Scopes)}</td>
        <td>{Layout.Button("/seller/settings/tokens/revoke", "Revoke", Layout.Hidden("token", token.Value))}</td></tr>
        """);
}
