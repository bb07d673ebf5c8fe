namespace Latchkey.Gumroad.Api;

/// <summary>How to reach Gumroad's API.</summary>
public sealed class GumroadClientOptions
{
    /// <summary>A seller's access token. Null is enough to verify licenses; every other call then throws <see cref="GumroadTokenException"/> without sending anything.</summary>
    /// <remarks>Sent in the <c>Authorization</c> header only, never in an address. It does not expire by itself: <c>config/initializers/doorkeeper.rb</c>.</remarks>
    public string? AccessToken { get; set; }

    /// <summary>Where the API is; with or without a slash at its end. Default <c>https://api.gumroad.com/v2/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.gumroad.com/v2/");

    /// <summary>What sends the requests; the client does not dispose it. Null: a handler of its own, without redirects.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>The clock for pauses and time limits. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How often a call that may be repeated is sent again after its first attempt, 0 to 10. Default 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>The longest one attempt may take, more than 0. Default 30 s. Gumroad itself gives up on a slow list of sales after 15 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
