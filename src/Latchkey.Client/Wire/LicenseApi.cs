using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Latchkey.Contracts;
using Latchkey.Contracts.Api;

namespace Latchkey.Client;

/// <summary>The server's four calls, each with its tries. Whatever comes back is only words until a signature is checked.</summary>
internal sealed class LicenseApi(HttpClient http, string tenantUrl, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>Anybody between us and the server can write a Retry-After; nobody gets more than this.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(6);

    public Task<ApiReply<ActivateReply>> ActivateAsync(ActivateRequest body, CancellationToken ct)
    {
        var once = Randomness.Hex(16);
        return TryAsync(3, () => Post("licenses/activate", body, ContractsJson.Default.ActivateRequest, once), ContractsJson.Default.ActivateReply, ct);
    }

    public Task<ApiReply<ValidateReply>> ValidateAsync(ValidateRequest body, int tries, CancellationToken ct) =>
        TryAsync(tries, () => Post("licenses/validate", body, ContractsJson.Default.ValidateRequest), ContractsJson.Default.ValidateReply, ct);

    public Task<ApiReply<DeactivateReply>> DeactivateAsync(DeactivateRequest body, CancellationToken ct) =>
        TryAsync(3, () => Post("licenses/deactivate", body, ContractsJson.Default.DeactivateRequest), ContractsJson.Default.DeactivateReply, ct);

    public Task<ApiReply<KeysetReply>> KeysetAsync(CancellationToken ct) =>
        TryAsync(1, () => new(HttpMethod.Get, $"{tenantUrl}/keyset"), ContractsJson.Default.KeysetReply, ct);

    private async Task<ApiReply<T>> TryAsync<T>(int tries, Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var pause = FirstPause;
        for (var left = tries; ; left--)
        {
            var reply = await SendAsync(request(), type, ct).ConfigureAwait(false);
            if (reply is not ApiReply<T>.Nothing nothing || left <= 1 || nothing.RetryAfter > LongestPause)
            {
                return reply;
            }

            await time.DelayAsync(nothing.RetryAfter ?? Randomness.Jittered(pause), ct).ConfigureAwait(false);
            pause += pause;
        }
    }

    private async Task<ApiReply<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken ct)
    {
        try
        {
            using (request)
            using (var response = await http.SendAsync(request, ct).ConfigureAwait(false))
            {
                // SendAsync has the whole body in memory already.
#if NET
                var body = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
#else
                var body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
#endif
                return response.IsSuccessStatusCode
                    ? JsonSerializer.Deserialize(body, type) is { } read ? new ApiReply<T>.Ok(read) : new ApiReply<T>.Nothing(null)
                    : Refusal<T>(response, body);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // No network, a time-out, or a page that is not ours: all of it says nothing about the license.
            return new ApiReply<T>.Nothing(null);
        }
    }

    private ApiReply<T> Refusal<T>(HttpResponseMessage response, byte[] body)
    {
        Problem? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(body, ContractsJson.Default.Problem);
        }
        catch (JsonException)
        {
            // Something in between refused in its own words; the status and Retry-After are all there is.
        }

        return problem is { Code: not (Codes.RateLimited or Codes.TemporarilyUnavailable) } && (int)response.StatusCode < 500
            ? new ApiReply<T>.Refused(problem)
            : new ApiReply<T>.Nothing(RetryAfter(response.Headers.RetryAfter, problem));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header, Problem? problem)
    {
        var wait = header?.Delta
            ?? (header?.Date - time.GetUtcNow())
            ?? (problem?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return wait is null ? null
            : wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > LongestRetryAfter ? LongestRetryAfter
            : wait;
    }

    private HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> type, string? idempotencyKey = null)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, $"{tenantUrl}/{path}") { Content = content };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }
}
