using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>Something heard on a stream.</summary>
internal readonly record struct Heard(long Id, string Event, JsonNode Data);

/// <summary>One reader of a stream, who comes back with <c>Last-Event-ID</c> whenever the line breaks, and hangs up himself now and then.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5); // five heartbeats
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int LongestStayMs = 6000;

    private readonly HttpClient _http;
    private readonly string _path;
    private readonly Random _dice;
    private readonly Lock _gate = new();
    private readonly List<Heard> _heard = [];
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _listening;
    private string? _last;

    /// <param name="path">Below the tenant.</param>
    public Listener(int port, string adminToken, string path, int seed)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }, disposeHandler: true)
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        _path = path;
        _dice = new Random(seed);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>How often the line was opened.</summary>
    public int Visits { get; private set; }

    /// <summary>Completes with the first thing heard.</summary>
    public Task Opened => _open.Task;

    public IReadOnlyList<Heard> All()
    {
        lock (_gate)
        {
            return [.. _heard];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _listening;
        _http.Dispose();
        _over.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                using var stay = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
                stay.CancelAfter(_dice.Next(LongestStayMs / 4, LongestStayMs));
                await VisitAsync(stay.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The line broke; it is opened again.
            }

            await Task.Delay(Pause, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task VisitAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Shop.Tenant + _path);
        if (_last is not null)
        {
            request.Headers.Add("Last-Event-ID", _last);
        }

        using var silent = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silent.CancelAfter(Silence);
        using var reply = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silent.Token);
        if (reply.StatusCode != HttpStatusCode.OK)
        {
            return;
        }

        Visits++;
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(silent.Token));
        var (id, kind, data) = (string.Empty, string.Empty, string.Empty);
        while (await reader.ReadLineAsync(silent.Token) is { } line)
        {
            silent.CancelAfter(Silence);
            switch (line.Split(": ", 2))
            {
                case ["id", var text]:
                    id = text;
                    break;
                case ["event", var text]:
                    kind = text;
                    break;
                case ["data", var text]:
                    data = text;
                    break;
                case [""] when data.Length > 0:
                    Keep(id, kind, data);
                    data = string.Empty;
                    break;
            }
        }
    }

    private void Keep(string id, string kind, string data)
    {
        lock (_gate)
        {
            _heard.Add(new(long.Parse(id, CultureInfo.InvariantCulture), kind, JsonNode.Parse(data)!));
        }

        _last = id;
        _open.TrySetResult();
    }
}
