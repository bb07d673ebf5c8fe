using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Links;

/// <summary>
/// Makes links and opens each at once, so many a second by the clock, whether or not those before are done. Prints
/// <c>result PAIRS FAILED P50 P99 MAX</c>, microseconds from the first byte sent of a pair to its redirect.
/// </summary>
internal sealed class Pace : IDisposable
{
    private const int WarmUpSeconds = 5; // until the code is compiled for good

    private readonly string _tenant;
    private readonly bool _isKeyed;
    private readonly HttpClient _http;
    private readonly List<double> _micros = [];
    private int _failed, _pairs;

    public Pace(Uri server, string tenant, string token, bool isKeyed)
    {
        (_tenant, _isKeyed) = (tenant, isKeyed);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }, disposeHandler: true) { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<int> RunAsync(int rate, int seconds)
    {
        await SendAsync(rate, rate * WarmUpSeconds);
        _micros.Clear();
        _failed = 0;
        await SendAsync(rate, rate * seconds);
        _micros.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"result {_micros.Count} {_failed} {At(0.5):0} {At(0.99):0} {At(1):0}"));
        return _failed == 0 ? 0 : 1;
    }

    public void Dispose() => _http.Dispose();

    private double At(double share) => _micros.Count == 0 ? 0 : _micros[Math.Min(_micros.Count - 1, (int)(_micros.Count * share))];

    private async Task SendAsync(int rate, int pairs)
    {
        var begun = Stopwatch.GetTimestamp();
        var running = new List<Task>(pairs);
        for (var i = 0; i < pairs; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            running.Add(MeasureAsync());
        }

        await Task.WhenAll(running);
    }

    private async Task MeasureAsync()
    {
        var number = Interlocked.Increment(ref _pairs);
        var begun = Stopwatch.GetTimestamp();
        var led = await LeadAsync(number);
        var took = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        lock (_micros)
        {
            _micros.Add(took);
            _failed += led ? 0 : 1;
        }
    }

    /// <returns>Whether a link was made, and led somewhere.</returns>
    private async Task<bool> LeadAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/tenants/{_tenant}/purchase-links") { Content = BodyOf(number) };
        if (_isKeyed)
        {
            request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}"));
        }

        using var made = await _http.SendAsync(request);
        if (made.StatusCode != HttpStatusCode.Created)
        {
            return false;
        }

        var address = new Uri(JsonNode.Parse(await made.Content.ReadAsStringAsync())!["url"]!.ToString());
        using var led = await _http.GetAsync(new Uri(address.PathAndQuery, UriKind.Relative));
        return led is { StatusCode: HttpStatusCode.Found, Headers.Location: not null };
    }

    private static StringContent BodyOf(int number) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"gumroad_product":"kbdwiz","subject":"user:{{number}}","return_url":"http://127.0.0.1:5999/buy","min_price_usd_cents":4900,"data":{"cart":{{number}},"name":"Mara's second keyboard","colors":["teal","sand"]} }"""),
        Encoding.UTF8,
        "application/json");
}
