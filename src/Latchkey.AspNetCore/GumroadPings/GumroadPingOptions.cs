using Latchkey.Inbox;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>How one handler's pings are taken. Read from the section <c>Gumroad</c>, and anew whenever the settings are reloaded.</summary>
public sealed class GumroadPingOptions
{
    /// <summary>The section of the settings that is read: <c>Gumroad</c>.</summary>
    public const string Section = "Gumroad";

    /// <summary>
    /// The secret that Gumroad sends, as <c>?token=</c> of the address or as its Basic password: at least 16 of <c>A-Z a-z 0-9 - _ . ~</c>.
    /// Without one, here or in <see cref="Tokens"/>, the app does not start.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>More secrets that are good as well: put the old one here while a new one is brought to Gumroad.</summary>
    public IList<string> Tokens { get; } = [];

    /// <summary>How much of a body is read, in bytes: 1,024 to 262,144, the default. Gumroad's own stay below some tens of kB.</summary>
    public int MaxBodyBytes { get; set; } = Receiver.MaxBodyBytes;

    /// <summary>
    /// How long a handler may take, from the end of the body. Default 4 s; more than 0 and less than 5 s, when Gumroad hangs up.
    /// </summary>
    /// <remarks>Source: Gumroad's public server code, <c>app/sidekiq/post_to_individual_ping_endpoint_worker.rb</c>.</remarks>
    public TimeSpan HandlerTimeLimit { get; set; } = TimeSpan.FromSeconds(4);

    internal IEnumerable<string> Secrets => Tokens.Prepend(Token).OfType<string>().Where(t => t.Length > 0);
}
