using Latchkey.Mail;

namespace Latchkey.Server.Hosting;

/// <summary>A mistyped setting must not be passed over: the default in its place could be another data directory, with another master key.</summary>
internal static class KnownSettings
{
    private static readonly HashSet<string> Names = new(
        [
            .. NamesOf<LatchkeyOptions>(LatchkeyOptions.Section),
            .. NamesOf<LimitOptions>($"{LatchkeyOptions.Section}:{nameof(LatchkeyOptions.Limits)}"),
            .. NamesOf<StreamOptions>($"{LatchkeyOptions.Section}:{nameof(LatchkeyOptions.Streams)}"),
            .. NamesOf<MeasureOptions>($"{LatchkeyOptions.Section}:{nameof(LatchkeyOptions.Measure)}"),
            .. NamesOf<SmtpOptions>(SmtpOptions.Section),
            .. NamesOf<GumroadOptions>(GumroadOptions.Section),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">Something under <c>Latchkey:</c> is no setting.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.GetSection(LatchkeyOptions.Section).AsEnumerable())
        {
            if (value is not null && !Names.Contains(key) && !IsItem(key))
            {
                throw new InvalidOperationException($"There is no setting {key}. docs/reference/settings.md lists them all.");
            }
        }
    }

    /// <summary>The items of a list are named by their place: <c>Latchkey:TrustedProxies:0</c>.</summary>
    private static bool IsItem(string key) => key.LastIndexOf(':') is var end && end > 0 && key[(end + 1)..].All(char.IsAsciiDigit) && Names.Contains(key[..end]);

    private static IEnumerable<string> NamesOf<T>(string section) => typeof(T).GetProperties().Select(p => $"{section}:{p.Name}");
}
