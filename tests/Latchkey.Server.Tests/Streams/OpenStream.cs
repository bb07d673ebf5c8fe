using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

/// <summary>One message of a stream.</summary>
internal sealed record Heard(string? Id, string? Event, JsonNode Data)
{
    public string? Tier => (string?)Data["products"]?.AsArray().FirstOrDefault()?["tier"];

    public long Position => long.Parse(Id!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A stream as an app holds it open: heartbeats are counted, messages wait until they are asked for.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new(new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly HttpResponseMessage _response;
    private readonly Channel<Heard> _messages = Channel.CreateUnbounded<Heard>();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private int _beats;

    private OpenStream(HttpResponseMessage response)
    {
        _response = response;
        _reading = ReadAsync();
    }

    public HttpResponseHeaders Headers => _response.Headers;

    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    public int Beats => Volatile.Read(ref _beats);

    public static Task<OpenStream> OfAsync(Shop shop, string subject, string? resumeAt = null, string? bearer = null) =>
        OpenAsync(shop.Server, $"{shop.Path}/entitlements/{Uri.EscapeDataString(subject)}/stream", bearer ?? shop.ApiToken, resumeAt);

    public static Task<OpenStream> OfAllAsync(Shop shop, string? resumeAt = null) =>
        OpenAsync(shop.Server, shop.Path + "/events/stream", shop.ApiToken, resumeAt);

    public static Task<OpenStream> OpenAsync(RunningServer server, string path, string bearer, string? resumeAt = null) =>
        OpenAsync(server.Address, path, bearer, resumeAt);

    public static async Task<OpenStream> OpenAsync(Uri server, string path, string bearer, string? resumeAt = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
        request.Headers.Authorization = new("Bearer", bearer);
        if (resumeAt is not null)
        {
            request.Headers.Add("Last-Event-ID", resumeAt);
        }

        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"The stream was refused: {response.StatusCode}.");
        return new OpenStream(response);
    }

    public async Task<Heard> NextAsync() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Skips what comes before.</summary>
    public async Task<Heard> NextAsync(string kind)
    {
        while (true)
        {
            if (await NextAsync() is { } heard && heard.Event == kind)
            {
                return heard;
            }
        }
    }

    /// <summary>What was heard and not yet asked for.</summary>
    public IReadOnlyList<Heard> Unread()
    {
        var heard = new List<Heard>();
        while (_messages.Reader.TryRead(out var message))
        {
            heard.Add(message);
        }

        return heard;
    }

    /// <summary>Waits until the server ends the stream.</summary>
    /// <returns>Null when it ended as a whole answer does, else what broke it.</returns>
    public async Task<Exception?> EndAsync()
    {
        await Task.WhenAny(_reading).WaitAsync(Patience);
        return _reading.Exception?.InnerException;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _response.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(await _response.Content.ReadAsStreamAsync());
        var fields = new Dictionary<string, string>();
        try
        {
            while (await reader.ReadLineAsync(_closing.Token) is { } line)
            {
                if (line.Length == 0 && fields.Count > 0)
                {
                    _messages.Writer.TryWrite(new(fields.GetValueOrDefault("id"), fields.GetValueOrDefault("event"), JsonNode.Parse(fields["data"])!));
                    fields.Clear();
                }
                else if (line.StartsWith(':'))
                {
                    Interlocked.Increment(ref _beats);
                }
                else if (line.Split(": ", 2) is [var name, var value])
                {
                    fields[name] = value;
                }
            }
        }
        finally
        {
            _messages.Writer.TryComplete();
        }
    }
}
