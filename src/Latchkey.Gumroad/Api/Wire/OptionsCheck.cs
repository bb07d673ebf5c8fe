namespace Latchkey.Gumroad.Api;

/// <summary>Takes options only as they can be used; each message names the option and a good value.</summary>
internal static class OptionsCheck
{
    /// <summary>With a slash at its end: without one, a relative address would replace the last segment.</summary>
    public static Uri ApiUrl(GumroadClientOptions options)
    {
        if (options.ApiUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" } url || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw Wrong("ApiUrl must be an absolute http or https address without a query, as https://api.gumroad.com/v2/.", nameof(options));
        }

        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    public static string? Token(GumroadClientOptions options)
    {
        var token = options.AccessToken?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            return options.AccessToken is null ? null : throw Wrong("AccessToken is empty; give a token, or null to do without.", nameof(options));
        }

        return token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw Wrong("AccessToken has blanks or characters beyond ASCII; copy it again from Gumroad.", nameof(options))
            : token;
    }

    public static int MaxRetries(GumroadClientOptions options) => options.MaxRetries is >= 0 and <= 10
        ? options.MaxRetries
        : throw Wrong($"MaxRetries is {options.MaxRetries}; use 0 to 10.", nameof(options));

    public static TimeSpan Timeout(GumroadClientOptions options) => options.Timeout > TimeSpan.Zero && options.Timeout <= TimeSpan.FromHours(1)
        ? options.Timeout
        : throw Wrong($"Timeout is {options.Timeout}; use more than 0 and at most an hour.", nameof(options));

    private static ArgumentException Wrong(string message, string parameter) => new(message, parameter);
}
