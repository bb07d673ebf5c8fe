namespace Latchkey.Simulator.Pings;

/// <summary>Who gets which ping. Nothing is de-duplicated, as with Gumroad. Safe for concurrent use.</summary>
internal sealed class PingEndpoints
{
    private readonly Lock _gate = new();
    private readonly SimulatorOptions _options;
    private readonly List<PingEndpoint> _subscriptions = [];
    private Uri? _enteredAccountUrl;

    public PingEndpoints(SimulatorOptions options)
    {
        _options = options;
        foreach (var (resource, url) in options.Subscriptions.SelectMany(pair => pair.Value.Select(url => (pair.Key, url))))
        {
            _subscriptions.Add(new PingEndpoint(StableIds.Id($"subscription {_subscriptions.Count}"), resource, url, PingTarget.IsJson(url), ApplicationId: null, IsTrusted: true));
        }
    }

    /// <summary>Whether subscriptions of an OAuth application deliver: only while it has a token that may see sales.</summary>
    public Func<string, bool> IsApplicationLive { get; set; } = static _ => true;

    /// <summary>Subscribes a URL for an application. The caller has asked <see cref="AddressRules"/>.</summary>
    public PingEndpoint Add(string id, string resource, Uri url, string? applicationId)
    {
        var added = new PingEndpoint(id, resource, url, PingTarget.IsJson(url), applicationId, IsTrusted: false);
        lock (_gate)
        {
            _subscriptions.Add(added);
        }

        return added;
    }

    /// <summary>Ends an application's subscription; false when it has none of this id.</summary>
    public bool Remove(string id, string? applicationId)
    {
        lock (_gate)
        {
            return _subscriptions.RemoveAll(subscription => subscription.Id == id && subscription.ApplicationId == applicationId) > 0;
        }
    }

    /// <summary>Has a subscription get JSON wherever it is, which at Gumroad only the staff can do.</summary>
    public void StoreAsJson(string id)
    {
        lock (_gate)
        {
            var at = _subscriptions.FindIndex(subscription => subscription.Id == id);
            _subscriptions[at] = _subscriptions[at] with { Json = true };
        }
    }

    /// <summary>All subscriptions to a resource, oldest first, whether they deliver or not.</summary>
    public IReadOnlyList<PingEndpoint> List(string resource)
    {
        lock (_gate)
        {
            return _subscriptions.FindAll(subscription => subscription.Resource == resource);
        }
    }

    /// <summary>Those a ping goes to now: for a sale the account's own URL first, then the subscriptions that deliver.</summary>
    public IReadOnlyList<PingEndpoint> Live(string resource)
    {
        var account = resource == PingResources.Sale ? Account : null;
        var live = List(resource).Where(subscription => subscription.ApplicationId is not { } application || IsApplicationLive(application));
        return account is null ? [.. live] : [account, .. live];
    }

    /// <summary>The account's own URL, or null. One entered by hand is not trusted, one set in code is.</summary>
    public PingEndpoint? Account
    {
        get
        {
            lock (_gate)
            {
                return _options.PingUrl is { } url
                    ? new PingEndpoint("account", PingResources.Sale, WithScheme(url.OriginalString) ?? url, Json: false, ApplicationId: null, IsTrusted: !ReferenceEquals(url, _enteredAccountUrl))
                    : null;
            }
        }
    }

    /// <summary>Sets the account's own URL as on the settings page; empty text ends it, the same text again changes nothing. False when it is no URL.</summary>
    public bool EnterAccountUrl(string? text)
    {
        var url = string.IsNullOrWhiteSpace(text) ? null : WithScheme(text.Trim());
        if (url is null && !string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        lock (_gate)
        {
            if (url?.OriginalString != _options.PingUrl?.OriginalString)
            {
                _options.PingUrl = _enteredAccountUrl = url;
            }
        }

        return true;
    }

    // Text without "http" gets http://, not https. Source: app/models/user.rb.
    private static Uri? WithScheme(string text) =>
        Uri.TryCreate(text.Contains("http", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var url) ? url : null;
}
