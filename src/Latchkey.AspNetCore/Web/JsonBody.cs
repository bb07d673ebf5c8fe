using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Web;

/// <summary>Reads a JSON body whatever the host's own settings are, and says which field is wrong.</summary>
internal static class JsonBody
{
    private const long LongestBody = 128 * 1024;

    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Problems.Of(415, Contracts.Codes.InvalidRequest, "Send JSON, with 'Content-Type: application/json'."));
        }

        if (http.Request.ContentLength > LongestBody)
        {
            return (null, Problems.Of(413, Contracts.Codes.InvalidRequest, "The body is longer than 128 KiB."));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync(new LimitedStream(http.Request.Body, LongestBody), type, http.RequestAborted);
            return value is null ? (null, Problems.Invalid("$", "The body is null; send an object.")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Problems.Invalid(e.Path ?? "$", "The body is not the JSON that is expected here; see /openapi/v1.json."));
        }
        catch (InvalidDataException)
        {
            return (null, Problems.Of(413, Contracts.Codes.InvalidRequest, "The body is longer than 128 KiB."));
        }
    }

    /// <summary>A chunked body has no length to look at before it is read.</summary>
    private sealed class LimitedStream(Stream inner, long most) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _read += count;
            return _read > most ? throw new InvalidDataException("Too long.") : count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
