using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.AspNetCore.Web;

/// <summary>Reads a JSON body whatever the host's own settings are, and says which field is wrong.</summary>
internal static class JsonBody
{
    private const long LongestBody = 128 * 1024;

    public static Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class => ReadAsync(http, type, optional: false);

    /// <summary>The same where everything in the body may be left out, and so the body itself.</summary>
    /// <returns>No value and no problem when there is no body.</returns>
    public static async Task<(T? Value, IResult? Problem)> ReadOptionalAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } ? (null, null) : await ReadAsync(http, type, optional: true);

    private static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, bool optional)
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

        using var body = new LimitedStream(http.Request.Body, LongestBody);
        try
        {
            var value = await JsonSerializer.DeserializeAsync(body, type, http.RequestAborted);
            return value is null ? (null, Problems.Invalid("$", "The body is null; send an object.")) : (value, null);
        }
        catch (JsonException) when (body.Position == 0)
        {
            return optional ? (null, null) : (null, Problems.Invalid("$", "Send a JSON body."));
        }
        catch (JsonException e)
        {
            var fault = BodyFault.Of(e, type);
            return (null, Problems.Invalid(fault.Field, fault.Detail));
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
