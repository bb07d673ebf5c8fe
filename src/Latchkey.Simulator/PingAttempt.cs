using System.Globalization;
using System.Text;

namespace Latchkey.Simulator;

/// <summary>One POST and what came of it.</summary>
/// <param name="Resource">The resource it was about; null for the settings page's test ping.</param>
/// <param name="Url">Where it went, without user info and query string, since those carry secrets.</param>
/// <param name="Attempt">1, or 2 to 4 for retries.</param>
/// <param name="Status">The answer after redirects; null when there was none.</param>
/// <param name="Failure">
/// Why there was no answer: <see cref="TimedOut"/>, <see cref="Dropped"/>, <see cref="PrivateAddress"/> or the name of an
/// <see cref="HttpRequestError"/>; null when there was one.
/// </param>
/// <param name="ContentType">How the body is written.</param>
/// <param name="Body">The bytes sent.</param>
/// <param name="At">When the attempt was over, on the simulator's clock.</param>
/// <param name="IsRepeat">Sent by <see cref="GumroadSimulator.RepeatAllAsync"/>.</param>
public sealed record PingAttempt(
    string? Resource, Uri Url, int Attempt, int? Status, string? Failure, string ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset At, bool IsRepeat)
{
    /// <summary>The <see cref="Failure"/> of a receiver that did not answer in time.</summary>
    public const string TimedOut = "timeout";

    /// <summary>The <see cref="Failure"/> of a ping that <see cref="Faults.FaultDials.Drop"/> took; nothing was sent.</summary>
    public const string Dropped = "dropped";

    /// <summary>The <see cref="Failure"/> of a URL, or one it redirects to, that Gumroad does not post to: private or reserved, or not http.</summary>
    public const string PrivateAddress = "private_address";

    /// <summary>Whether the receiver took it.</summary>
    public bool Delivered => Status is >= 200 and <= 299;

    /// <summary>Whether the ping was not taken and is not sent again: only the API knows of it now.</summary>
    public bool IsLost { get; init; }

    /// <summary>The body as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>For people, without the body: <c>sale, attempt 1: 404 from http://127.0.0.1:8080/pings</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resource ?? "test ping"}, attempt {Attempt}: {Status?.ToString(CultureInfo.InvariantCulture) ?? Failure} from {Url}");
}
