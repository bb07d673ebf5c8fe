namespace Latchkey.Simulator;

/// <summary>One POST and what came of it.</summary>
/// <param name="Resource">The resource it was about; null for the settings page's test ping.</param>
/// <param name="Url">Where it went, without user info and query string, since those carry secrets.</param>
/// <param name="Attempt">1, or 2 to 4 for retries.</param>
/// <param name="Status">The answer after redirects; null when there was none.</param>
/// <param name="Failure">Why there was no answer: <c>timeout</c> or the kind of connection failure; null when there was one.</param>
/// <param name="ContentType">How the body is written.</param>
/// <param name="Body">The bytes sent.</param>
/// <param name="At">When the attempt was over, on the simulator's clock.</param>
/// <param name="IsRepeat">Sent by <see cref="GumroadSimulator.RepeatAllAsync"/>.</param>
public sealed record PingAttempt(
    string? Resource, Uri Url, int Attempt, int? Status, string? Failure, string ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset At, bool IsRepeat)
{
    /// <summary>Whether the receiver took it.</summary>
    public bool Delivered => Status is >= 200 and <= 299;
}
