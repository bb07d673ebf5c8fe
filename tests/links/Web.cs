using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Latchkey.Links;

/// <param name="Location">Where it sends on to; null when it does not.</param>
internal sealed record Reply(int Status, Uri? Location, string Body);

/// <summary>HTTP to the nodes, as browsers and Gumroad come: whoever gets no answer, or is asked to come again, tries the next node.</summary>
internal sealed class Web(IReadOnlyList<int> ports) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }, disposeHandler: true)
    {
        Timeout = Patience,
    };

    /// <param name="node">The one that is tried first.</param>
    /// <param name="expected">The status that ends it. 503 and no answer at all are tried again; everything else is a fault.</param>
    public async Task<Reply> AskAsync(int node, int expected, HttpMethod method, string path, Func<HttpContent?>? content = null, string? bearer = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var reply = await TryAsync(node++, method, path, content, bearer);
            if (reply?.Status == expected)
            {
                return reply;
            }

            if (reply is { Status: not 503 })
            {
                throw new InvalidOperationException($"{method} {PathOf(path)} was answered {reply.Status}: {reply.Body[..Math.Min(reply.Body.Length, 200)]}");
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"{method} {PathOf(path)} was not answered in {Patience.TotalSeconds} s.");
            }

            await Task.Delay(Pause);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Without what follows it: results and ping tokens.</summary>
    private static string PathOf(string path) => path.Split('?')[0];

    private async Task<Reply?> TryAsync(int node, HttpMethod method, string path, Func<HttpContent?>? content, string? bearer)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[node % ports.Count]}{path}"));
        using var request = new HttpRequestMessage(method, address) { Content = content?.Invoke() };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            using var reply = await _http.SendAsync(request);
            return new((int)reply.StatusCode, reply.Headers.Location, await reply.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null; // that node is down
        }
    }
}
