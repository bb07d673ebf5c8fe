using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>Takes whatever Gumroad sends: seals the bytes, stores them, and says so. Nothing else happens before the answer.</summary>
internal sealed class Receiver(IInboxStore inbox, FoldSignal signal, TimeProvider time)
{
    /// <summary>What is kept of a body: 256 KiB. Gumroad's own are far smaller.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    private const int LongestName = 200;

    // After how long Gumroad repeats a delivery, summed up: see docs/reference/gumroad.md.
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.Zero, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(240), TimeSpan.FromSeconds(840)];

    /// <param name="body">The body, or its first <see cref="MaxBodyBytes"/>.</param>
    /// <param name="truncated">More came than was kept.</param>
    /// <exception cref="StoreBusyException">Not stored; Gumroad is to send it again.</exception>
    public async Task<Receipt> ReceiveAsync(TenantContext tenant, ReadOnlyMemory<byte> body, bool truncated, string? contentType, string? hint)
    {
        var receipt = await inbox.AppendAsync(EntryOf(tenant, body.Span, truncated, Short(contentType), Short(hint)));
        signal.Poke();
        return receipt;
    }

    private Entry EntryOf(TenantContext tenant, ReadOnlySpan<byte> body, bool truncated, string? contentType, string? hint)
    {
        var now = time.GetUtcNow();
        var id = Ids.New("png_", now);
        var repeatKey = RepeatKey.OfPing(tenant.Secrets.Repeat, body, contentType, hint, truncated, out var retry);
        var seen = now - RetryDelays[retry];
        return new Entry(
            tenant.Id, id, EntrySource.Ping, now, seen, seen, 0, repeatKey, contentType, hint, BodySeal.Seal(tenant, id, body), truncated);
    }

    private static string? Short(string? text) => text is { Length: > LongestName } ? text[..LongestName] : text;
}
