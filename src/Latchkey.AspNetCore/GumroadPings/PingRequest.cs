using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>What every ping address reads of a request: its secret, and its body up to a limit.</summary>
internal static class PingRequest
{
    /// <summary>The address's secret: <c>?token=</c>, or the Basic password, which Gumroad sends as it was typed.</summary>
    public static string? SecretOf(HttpContext http)
    {
        if (http.Request.Query.TryGetValue("token", out var token))
        {
            return token.ToString();
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.Length > 1000)
        {
            return null;
        }

        var decoded = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), decoded, out var length)
            && Encoding.UTF8.GetString(decoded, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
                ? pair[(colon + 1)..]
                : null;
    }

    /// <summary>Reads the body or its first bytes; a body that is too long is never refused.</summary>
    /// <param name="maxBytes">How much to keep.</param>
    /// <returns>A buffer of the shared pool, to be given back; how much of it is filled; whether more came.</returns>
    public static async Task<(byte[] Buffer, int Length, bool Truncated)> ReadAsync(HttpContext http, int maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var reader = http.Request.BodyReader;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(http.Request.ContentLength ?? 4096, 256, maxBytes));
        var length = 0;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            var take = (int)Math.Min(read.Buffer.Length, maxBytes - length);
            if (length + take > buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Min(maxBytes, Math.Max(length + take, buffer.Length * 2)));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            read.Buffer.Slice(0, take).CopyTo(buffer.AsSpan(length));
            length += take;
            var truncated = read.Buffer.Length > take;
            reader.AdvanceTo(read.Buffer.End);
            if (truncated)
            {
                http.Response.Headers.Connection = "close"; // the rest is not wanted
                return (buffer, length, true);
            }

            if (read.IsCompleted)
            {
                return (buffer, length, false);
            }
        }
    }
}
