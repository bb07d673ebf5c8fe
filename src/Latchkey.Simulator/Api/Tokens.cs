using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>The registered applications and their tokens. Safe for concurrent use; its messages never hold a token.</summary>
internal sealed class Tokens
{
    private readonly Lock _gate = new();
    private readonly List<OAuthApplication> _applications = [];
    private readonly Dictionary<string, AccessToken> _live = new(StringComparer.Ordinal);
    private readonly HashSet<string> _revoked = new(StringComparer.Ordinal);
    private readonly GumroadVersion _version;
    private readonly Identities _identities;

    public Tokens(SimulatorOptions options)
    {
        _version = options.Version;
        _identities = new Identities(options.Seed is { } seed ? ~seed : null);
        FirstApplication = new OAuthApplication(
            StableIds.Id("application"), "Simulator", StableIds.Id("client id"), StableIds.Id("client secret"), RedirectUri: null);
        _applications.Add(FirstApplication);
        if (options.AccessToken is { Length: > 0 } token)
        {
            _live.Add(token, new AccessToken(token, NewSecret(), FirstApplication.Id, AllScopes));
        }
    }

    /// <summary>The one that is registered from the start.</summary>
    public OAuthApplication FirstApplication { get; }

    /// <summary>All scopes of the Gumroad played.</summary>
    public IReadOnlyList<string> AllScopes => Scopes.Of(_version);

    public IReadOnlyList<OAuthApplication> Applications
    {
        get
        {
            lock (_gate)
            {
                return [.. _applications];
            }
        }
    }

    public OAuthApplication Register(string name, string? redirectUri)
    {
        lock (_gate)
        {
            var application = new OAuthApplication(_identities.NewId(), name, NewSecret(), NewSecret(), redirectUri);
            _applications.Add(application);
            return application;
        }
    }

    /// <summary>A token of the seller's for an application.</summary>
    /// <exception cref="ArgumentException">No such application or scope.</exception>
    public string Create(string applicationId, params IEnumerable<string> scopes) => Grant(applicationId, [.. scopes]).Value;

    /// <summary>As <see cref="Create"/>; a token that is not the seller's comes without a refresh token.</summary>
    /// <exception cref="ArgumentException">No such application or scope.</exception>
    public AccessToken Grant(string applicationId, IReadOnlyList<string> scopes, bool isSellers = true)
    {
        if (scopes.FirstOrDefault(scope => !AllScopes.Contains(scope)) is { } unknown)
        {
            throw new ArgumentException($"Gumroad has no scope '{unknown}'; it has {string.Join(", ", AllScopes)}.", nameof(scopes));
        }

        lock (_gate)
        {
            if (_applications.TrueForAll(application => application.Id != applicationId))
            {
                throw new ArgumentException("There is no such application.", nameof(applicationId));
            }

            var token = new AccessToken(NewSecret(), isSellers ? NewSecret() : null, applicationId, scopes.Count > 0 ? scopes : [Scopes.ViewPublic], isSellers);
            _live.Add(token.Value, token);
            return token;
        }
    }

    /// <summary>Swaps a refresh token for a new pair; null when it is unknown or another application's.</summary>
    public AccessToken? Refresh(string applicationId, string refreshToken)
    {
        lock (_gate)
        {
            var old = _live.Values.FirstOrDefault(token => token.RefreshToken == refreshToken && token.ApplicationId == applicationId);
            if (old is null)
            {
                return null;
            }

            Revoke(old.Value);
            return Grant(applicationId, old.Scopes);
        }
    }

    /// <summary>The token, unless it is unknown or revoked.</summary>
    public AccessToken? Find(string token)
    {
        lock (_gate)
        {
            return _live.GetValueOrDefault(token);
        }
    }

    public bool WasRevoked(string token)
    {
        lock (_gate)
        {
            return _revoked.Contains(token);
        }
    }

    /// <summary>Takes the access or refresh token. With its last token gone an application's subscriptions fall silent.</summary>
    /// <returns>Whether there was such a token, of this application if one is named.</returns>
    public bool Revoke(string token, string? applicationId = null)
    {
        lock (_gate)
        {
            var found = _live.Values.FirstOrDefault(known => known.Value == token || known.RefreshToken == token);
            if (found is null || (applicationId is not null && found.ApplicationId != applicationId))
            {
                return false;
            }

            _revoked.Add(found.Value);
            return _live.Remove(found.Value);
        }
    }

    /// <summary>Whether an unrevoked token of the seller's lets the application see sales, which its subscriptions need to deliver.</summary>
    public bool IsApplicationLive(string applicationId)
    {
        lock (_gate)
        {
            return _live.Values.Any(token => token.ApplicationId == applicationId && token.IsSellers && token.Has(Scopes.ViewSales));
        }
    }

    /// <summary>A secret of 44 characters that needs no encoding anywhere.</summary>
    public string NewSecret()
    {
        lock (_gate)
        {
            return _identities.NewId().TrimEnd('=') + _identities.NewId().TrimEnd('=');
        }
    }

    /// <summary>An id as Gumroad spells them.</summary>
    public string NewId()
    {
        lock (_gate)
        {
            return _identities.NewId();
        }
    }

    /// <summary>A key as Gumroad spells them.</summary>
    public string NewLicenseKey()
    {
        lock (_gate)
        {
            return _identities.NewLicenseKey();
        }
    }
}
