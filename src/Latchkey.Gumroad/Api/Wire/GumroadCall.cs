using System.Globalization;

namespace Latchkey.Gumroad.Api;

/// <summary>One request as it is meant, before it is written; it can be written more than once.</summary>
internal sealed class GumroadCall
{
    private readonly List<KeyValuePair<string, string>> _parameters = [];
    private readonly List<string> _secrets = [];

    private GumroadCall(HttpMethod method, Repeat repeat, IReadOnlyList<string> scopes, ReadOnlySpan<string> path)
    {
        Method = method;
        Repeat = repeat;
        Scopes = scopes;
        Path = Join(path);
    }

    public HttpMethod Method { get; }

    /// <summary>Relative, escaped.</summary>
    public string Path { get; }

    public Repeat Repeat { get; }

    /// <summary>Any of these opens the call; with none it is sent without the token.</summary>
    public IReadOnlyList<string> Scopes { get; }

    public bool NeedsToken => Scopes.Count > 0;

    /// <summary>What a 404 may mean here beside a missing object.</summary>
    public string? NotFoundHint { get; private set; }

    /// <summary>Whether it was sent elsewhere than to Gumroad, to an address that does not end as an API's usually does.</summary>
    public bool MayHaveGoneAstray { get; private set; }

    public static GumroadCall Get(IReadOnlyList<string> scopes, params ReadOnlySpan<string> path) =>
        new(HttpMethod.Get, Repeat.Read, scopes, path);

    public static GumroadCall Put(IReadOnlyList<string> scopes, params ReadOnlySpan<string> path) =>
        new(HttpMethod.Put, Repeat.SameState, scopes, path);

    public static GumroadCall Delete(IReadOnlyList<string> scopes, params ReadOnlySpan<string> path) =>
        new(HttpMethod.Delete, Repeat.SameState, scopes, path);

    public static GumroadCall Once(HttpMethod method, IReadOnlyList<string> scopes, params ReadOnlySpan<string> path) =>
        new(method, Repeat.Never, scopes, path);

    /// <summary>The verification of a license: a POST that reads, unless it counts.</summary>
    public static GumroadCall Verify(IncrementUses increment) =>
        new(HttpMethod.Post, increment == IncrementUses.No ? Repeat.Read : Repeat.Never, Api.Scopes.None, ["licenses", "verify"]);

    public GumroadCall OrElse(string notFoundHint)
    {
        NotFoundHint = notFoundHint;
        return this;
    }

    /// <summary>A null value leaves the parameter out.</summary>
    public GumroadCall With(string name, string? value)
    {
        if (value is not null)
        {
            _parameters.Add(new(name, value));
        }

        return this;
    }

    public GumroadCall With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public GumroadCall With(string name, bool? value) => With(name, value is { } flag ? (flag ? "true" : "false") : null);

    public GumroadCall With(string name, DateOnly? day) => With(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A value that no message may repeat, even if Gumroad's words do.</summary>
    public GumroadCall WithSecret(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _secrets.Add(value);
        }

        return With(name, value);
    }

    /// <summary>Text that no message may repeat.</summary>
    public void Hide(string secret) => _secrets.Add(secret);

    public HttpRequestMessage ToRequest(Uri apiUrl)
    {
        MayHaveGoneAstray = !IsGumroads(apiUrl.Host) && !apiUrl.AbsolutePath.EndsWith("/v2/", StringComparison.Ordinal);
        var inQuery = Method == HttpMethod.Get || Method == HttpMethod.Delete;
        var address = Path;
        if (inQuery && _parameters.Count > 0)
        {
            address += "?" + string.Join('&', _parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        }

        return new HttpRequestMessage(Method, new Uri(apiUrl, address))
        {
            Content = inQuery ? null : new FormUrlEncodedContent(_parameters),
        };
    }

    public string Mask(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "…", StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{Method} /{Path}";

    private static bool IsGumroads(string host) =>
        host.Equals("gumroad.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".gumroad.com", StringComparison.OrdinalIgnoreCase);

    private static string Join(ReadOnlySpan<string> path)
    {
        var escaped = new string[path.Length];
        for (var i = 0; i < path.Length; i++)
        {
            // An address drops these, and would then name something else.
            if (string.IsNullOrWhiteSpace(path[i]) || path[i] is "." or "..")
            {
                throw new ArgumentException("An id or name that addresses something at Gumroad must not be empty, \".\" or \"..\".");
            }

            escaped[i] = Uri.EscapeDataString(path[i]);
        }

        return string.Join('/', escaped);
    }
}
