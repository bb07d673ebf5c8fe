using Latchkey.Simulator.Storefront;

namespace Latchkey.Simulator.Api;

/// <summary>Asks the seller whether an application may have access.</summary>
internal static class ConsentPage
{
    public static Html Ask(OAuthApplication application, IReadOnlyList<string> scopes, string redirectUri, string? state) => Layout.Page("Authorize", Html.Of($"""
        <h1>Authorize {application.Name}</h1>
        <p>{application.Name} asks to use your account:</p>
        <ul>{Html.Each(scopes, scope => Html.Of($"<li>{scope}</li>"))}</ul>
        <form method="post" action="/oauth/authorize">
        {Layout.Hidden("client_id", application.ClientId)}{Layout.Hidden("redirect_uri", redirectUri)}
        {Layout.Hidden("scope", string.Join(' ', scopes))}{Layout.Hidden("state", state ?? "")}
        <button name="answer" value="allow">Authorize</button>
        <button class="quiet" name="answer" value="deny">Deny</button>
        </form>
        """));

    public static Html Problem(string what) => Layout.Page("Not authorized", Html.Of($"<h1>Not authorized</h1>{Layout.Alert(what)}"));
}
