namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>
/// Knows which pings a handler has finished, so that a repeat is not handled twice. The one that is there by itself keeps the last
/// 10,000 pings for an hour, in memory: a restart forgets them. Register another as a singleton or scoped service to keep them for longer,
/// or for several processes together.
/// </summary>
/// <remarks>
/// Called by many threads at once. An exception makes the answer 503, so that Gumroad sends the ping again.
/// Test pings and partial refunds are not asked about: neither can be told from a repeat of itself.
/// </remarks>
public interface IPingMemory
{
    /// <summary>Asks to handle a ping. Of several that ask at once only one is granted it.</summary>
    /// <remarks>
    /// A claim that outlives its process would keep the ping from ever being handled: let one that is neither finished nor released
    /// lapse within a minute, before Gumroad's first repeat.
    /// </remarks>
    /// <param name="pingKey">
    /// 64 hexadecimal digits, equal for all repeats of a ping to one handler: a hash over the handler's full name and the ping's decoded
    /// pairs without <c>retry_count</c>.
    /// </param>
    /// <param name="ct">Cancelled when the handler's time is up.</param>
    ValueTask<PingClaim> ClaimAsync(string pingKey, CancellationToken ct);

    /// <summary>The handler is done; from now on the ping is <see cref="PingClaim.Finished"/>.</summary>
    /// <param name="pingKey">The key that was granted.</param>
    /// <param name="ct">Never cancelled so far: what is done is to be remembered.</param>
    ValueTask FinishAsync(string pingKey, CancellationToken ct);

    /// <summary>The handler failed; from now on the ping can be claimed again.</summary>
    /// <param name="pingKey">The key that was granted.</param>
    /// <param name="ct">Never cancelled so far.</param>
    ValueTask ReleaseAsync(string pingKey, CancellationToken ct);
}
