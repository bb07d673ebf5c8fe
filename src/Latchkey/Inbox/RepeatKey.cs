using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Inbox;

/// <summary>
/// The keyed hash by which exact repeats are recognized: over the decoded pairs, sorted, without <c>retry_count</c>;
/// over the raw bytes when the body cannot be decoded.
/// </summary>
internal static class RepeatKey
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <param name="hint">Counted only where the body itself does not name its resource.</param>
    /// <param name="retry">The ping's <c>retry_count</c>, 0 to 3.</param>
    public static byte[] OfPing(byte[] key, ReadOnlySpan<byte> body, string? contentType, string? hint, bool truncated, out int retry)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        retry = 0;

        // Broken text is repaired while it is decoded, so two broken bodies may decode alike: those are compared by their bytes.
        if (!truncated && PingPairs.TryRead(body, contentType, PingLimits.Default, out var pairs) is null && !pairs.HasBrokenEncoding)
        {
            using (pairs)
            {
                var named = false;
                for (var i = 0; i < pairs.Count; i++)
                {
                    var name = pairs.Name(i);
                    if (name.SequenceEqual("resource_name"u8))
                    {
                        named = pairs.Value(i).Length > 0; // an empty name is none; of several the last one counts
                    }

                    if (name.SequenceEqual("retry_count"u8) && pairs.Value(i) is [>= (byte)'1' and <= (byte)'3'] value)
                    {
                        retry = value[0] - '0';
                    }
                }

                Write(buffer, "pairs\n"u8, named ? null : hint);
                pairs.WriteCanonical(buffer);
            }
        }
        else
        {
            Write(buffer, "bytes\n"u8, hint);
            Write(buffer, [], contentType);
            buffer.Write(body);
        }

        return HMACSHA256.HashData(key, buffer.WrittenSpan);
    }

    /// <summary>For entries of our own: unique by what they are about.</summary>
    public static byte[] OfOwn(byte[] key, string about) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("own\n" + about));

    private static void Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> kind, string? text)
    {
        buffer.Write(kind);
        if (text is not null)
        {
            buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        }

        buffer.Write("\n"u8);
    }
}
