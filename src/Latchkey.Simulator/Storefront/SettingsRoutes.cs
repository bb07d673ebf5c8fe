using Latchkey.Simulator.Api;
using Latchkey.Simulator.Pings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Storefront;

/// <summary>The seller's settings: ping URL, subscriptions, tokens.</summary>
internal static class SettingsRoutes
{
    private const string Path = "/seller/settings";

    public static void Map(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        var made = new MadeTokens(simulator);
        site.MapGet(Path, () => Replies.Page(SettingsPage.Of(simulator, made.Live())));
        site.MapPost(Path + "/ping-url", async (HttpRequest request, CancellationToken ct) =>
        {
            var typed = (await request.FormAsync(ct))["url"].LastOrDefault()?.Trim() ?? "";
            if (typed.Length > 0 && Refusal(simulator, typed) is { } refusal)
            {
                return Replies.Page(SettingsPage.Of(simulator, made.Live(), refusal, typed), StatusCodes.Status400BadRequest);
            }

            simulator.Endpoints.EnterAccountUrl(typed);
            return Replies.SeeOther(Path);
        });
        site.MapPost(Path + "/subscriptions", async (HttpRequest request, CancellationToken ct) =>
        {
            var form = await request.FormAsync(ct);
            var typed = form["url"].LastOrDefault()?.Trim() ?? "";
            var resource = form["resource"].LastOrDefault() ?? "";
            var refusal = resource.Length == 0 || PingResources.All.Contains(resource) ? Refusal(simulator, typed) : $"Gumroad has no resource '{resource}'.";
            if (refusal is not null)
            {
                return Replies.Page(SettingsPage.Of(simulator, made.Live(), refusal), StatusCodes.Status400BadRequest);
            }

            Subscribe(simulator, resource, WithScheme(typed)!);
            return Replies.SeeOther(Path);
        });
        site.MapForm(Path + "/subscriptions/{id}/remove", (id, _, _) => Task.FromResult(Remove(simulator, id)));
        site.MapForm(Path + "/test-ping", async (_, _, ct) =>
        {
            await simulator.SendTestPingAsync(ct);
            return "/seller/pings";
        });
        site.MapForm(Path + "/tokens", (_, form, _) => Task.FromResult(made.Make(form)));
        site.MapForm(Path + "/tokens/revoke", (_, form, _) => Task.FromResult(made.Revoke(form)));
    }

    /// <summary>Why this Gumroad would not post there, and what can be done; null when it would.</summary>
    private static string? Refusal(GumroadSimulator simulator, string typed) => WithScheme(typed) switch
    {
        null => $"'{typed}' is no URL.",
        { } url when !AddressRules.IsWeb(url) => $"'{typed}' is not http or https.",
        { } url when !AddressRules.MayPost(url, simulator.Options.Version, simulator.Options.AllowPrivateAddresses) =>
            $"Gumroad does not post to '{url.Host}', which is on this machine or a private network. "
            + "To allow it here, start the simulator with --allow-private, or set SimulatorOptions.AllowPrivateAddresses.",
        _ => null,
    };

    // Source: app/models/user.rb.
    private static Uri? WithScheme(string typed) =>
        Uri.TryCreate(typed.Contains("http", StringComparison.Ordinal) ? typed : "http://" + typed, UriKind.Absolute, out var url) ? url : null;

    private static void Subscribe(GumroadSimulator simulator, string resource, Uri url)
    {
        foreach (var each in PingResources.All.Where(each => resource.Length == 0 || each == resource))
        {
            simulator.Endpoints.Add(simulator.Tokens.NewId(), each, url, applicationId: null);
        }
    }

    private static string Remove(GumroadSimulator simulator, string id)
    {
        var endpoint = PingResources.All.SelectMany(simulator.Endpoints.List).FirstOrDefault(each => each.Id == id)
            ?? throw new KeyNotFoundException("There is no such subscription.");
        simulator.Endpoints.Remove(id, endpoint.ApplicationId);
        return Path;
    }

    /// <summary>The tokens made on this page and the one of the options, as long as they are not revoked.</summary>
    private sealed class MadeTokens(GumroadSimulator simulator)
    {
        private readonly Lock _gate = new();
        private readonly List<string> _values = simulator.Options.AccessToken is { Length: > 0 } first ? [first] : [];

        public IReadOnlyList<AccessToken> Live()
        {
            lock (_gate)
            {
                return [.. _values.Select(simulator.Tokens.Find).OfType<AccessToken>()];
            }
        }

        public string Make(IFormCollection form)
        {
            var token = simulator.CreateAccessToken([.. simulator.Tokens.AllScopes.Where(scope => form["scope." + scope] == "true")]);
            lock (_gate)
            {
                _values.Add(token);
            }

            return Path;
        }

        public string Revoke(IFormCollection form) => simulator.Tokens.Revoke(form["token"].LastOrDefault() ?? "")
            ? Path
            : throw new KeyNotFoundException("There is no such token.");
    }
}
