using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Latchkey.Gumroad.Api;

/// <summary>Sends calls and reads replies: every quirk of Gumroad's API ends here.</summary>
internal sealed class GumroadTransport : IDisposable
{
    private const long MaxReplyBytes = 64 * 1024 * 1024;

    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private static readonly ProductInfoHeaderValue Agent =
        new("Latchkey", typeof(GumroadTransport).Assembly.GetName().Version!.ToString(3));

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly Uri _apiUrl;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TimeProvider _time;
    private readonly int _maxRetries;
    private readonly TimeSpan _timeout;

    private GumroadTransport(HttpClient http, bool ownsHttp, GumroadClientOptions options)
    {
        _http = http;
        _ownsHttp = ownsHttp;
        _apiUrl = OptionsCheck.ApiUrl(options);
        _authorization = OptionsCheck.Token(options) is { } token ? new("Bearer", token) : null;
        _time = options.TimeProvider;
        _maxRetries = OptionsCheck.MaxRetries(options);
        _timeout = OptionsCheck.Timeout(options);
    }

    public static GumroadTransport Of(GumroadClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // A redirect would turn a POST into a GET, or carry it elsewhere; connections end now and then, so that a changed address is seen.
        var http = options.Handler is { } given
            ? new HttpClient(given, disposeHandler: false)
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
        http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        try
        {
            return new GumroadTransport(http, ownsHttp: true, options);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    public static GumroadTransport Of(HttpClient http, GumroadClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        return new GumroadTransport(http, ownsHttp: false, options);
    }

    /// <summary>The whole answer as one value.</summary>
    public static T Read<T>(GumroadCall call, GumroadReply reply, JsonTypeInfo<T> type)
        where T : class => Read(call, reply, reply.Body!.Value, type);

    /// <summary>Sends the call and throws unless Gumroad says that it succeeded.</summary>
    public Task SendAsync(GumroadCall call, CancellationToken ct) => ReplyAsync(call, _ => false, ct);

    /// <summary>The value of that key in the answer.</summary>
    public async Task<T> SendAsync<T>(GumroadCall call, string key, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var reply = await ReplyAsync(call, _ => false, ct).ConfigureAwait(false);
        return Value(call, reply, key, type);
    }

    public async Task<GumroadPage<T>> SendPageAsync<T>(GumroadCall call, string key, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken ct)
    {
        var reply = await ReplyAsync(call, _ => false, ct).ConfigureAwait(false);
        var next = reply.Body!.Value.TryGetProperty("next_page_key", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
        return new GumroadPage<T>(Value(call, reply, key, type), string.IsNullOrEmpty(next) ? null : next);
    }

    /// <summary>Sends the call, again if that is allowed and may help, until Gumroad says that it succeeded.</summary>
    /// <param name="isOutcome">Which of Gumroad's refusals the caller wants to see instead of an exception.</param>
    public async Task<GumroadReply> ReplyAsync(GumroadCall call, Func<GumroadReply, bool> isOutcome, CancellationToken ct)
    {
        if (call.NeedsToken && _authorization is null)
        {
            throw Failures.NoToken(call);
        }

        if (_authorization is { Parameter: { } token })
        {
            call.Hide(token);
        }

        for (var attempt = 0; ; attempt++)
        {
            var reply = (GumroadReply?)null;
            GumroadException failure;
            try
            {
                reply = await AttemptAsync(call, ct).ConfigureAwait(false);
                if (reply.IsSuccess || isOutcome(reply))
                {
                    return reply;
                }

                failure = Failures.Of(call, reply);
            }
            catch (GumroadException e)
            {
                failure = e;
            }

            if (failure is GumroadNotFoundException && attempt > 0 && call.Method == HttpMethod.Delete)
            {
                return reply!;      // an attempt whose answer was lost has deleted it
            }

            if (attempt >= _maxRetries || !Repetition.MayHelp(call, failure))
            {
                throw failure;
            }

            await Task.Delay(Repetition.Pause(attempt, failure), _time, ct).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private static T Value<T>(GumroadCall call, GumroadReply reply, string key, JsonTypeInfo<T> type)
        where T : class =>
        reply.Body!.Value.TryGetProperty(key, out var value)
            ? Read(call, reply, value, type)
            : throw Failures.Unreadable(call, reply.Status, $"\"{key}\" is missing");

    private static T Read<T>(GumroadCall call, GumroadReply reply, JsonElement value, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return value.Deserialize(type) ?? throw Failures.Unreadable(call, reply.Status, $"a {type.Type.Name} is null");
        }
        catch (JsonException e)
        {
            throw Failures.Unreadable(call, reply.Status, $"a value at {e.Path ?? "$"} has an unexpected shape", e);
        }
    }

    private async Task<GumroadReply> AttemptAsync(GumroadCall call, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var request = call.ToRequest(_apiUrl);
            request.Headers.Accept.Add(Json);
            request.Headers.UserAgent.Add(Agent);
            request.Headers.Authorization = call.NeedsToken ? _authorization : null;
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxReplyBytes, either.Token).ConfigureAwait(false);
            return await GumroadReply.ReadAsync(response, _time.GetUtcNow(), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failures.TimedOut(call, _timeout);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Failures.TooLong(call, MaxReplyBytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failures.NoAnswer(call, e);
        }
    }
}
