using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Web;

/// <summary>Writes JSON for people as well: an apostrophe stays one. No answer is part of a page, where that would matter.</summary>
internal static class JsonReply
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type, string contentType, CancellationToken ct)
    {
        response.ContentType = contentType;
        await using (var json = new Utf8JsonWriter(response.BodyWriter, Readable))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        await response.BodyWriter.FlushAsync(ct);
    }
}

/// <inheritdoc cref="JsonReply"/>
internal sealed class JsonReply<T>(T value, JsonTypeInfo<T> type, int status) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return JsonReply.WriteAsync(httpContext.Response, value, type, "application/json; charset=utf-8", httpContext.RequestAborted);
    }
}
