using System.Globalization;

namespace Latchkey.Simulator.Pings;

/// <summary>Times as Gumroad writes them: UTC, whole seconds.</summary>
internal static class WireTime
{
    public static string Of(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
