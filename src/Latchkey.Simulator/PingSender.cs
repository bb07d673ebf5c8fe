using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator;

/// <summary>Posts one ping the way Gumroad does: its headers, its encoding, its redirects. No retries.</summary>
public static class PingSender
{
    /// <summary>A client that, like Gumroad, opens a connection for every ping and leaves redirects, cookies and proxies alone.</summary>
    /// <param name="timeout">For connection and answer together. Gumroad's is 5 s for each, which is the same once a connection is quick.</param>
    public static HttpClient CreateClient(TimeSpan timeout) => new(Handler(timeout), disposeHandler: true) { Timeout = timeout };

    /// <summary>
    /// Sends a payload, as JSON to hosts ending in <c>zapier.com</c> and as a form to all others, and gives the
    /// status of the answer. A redirect repeats the POST, up to three times; a fourth is returned as it is.
    /// </summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    /// <exception cref="TaskCanceledException">The client's timeout passed.</exception>
    public static async Task<int> SendAsync(HttpClient client, Uri url, JsonObject payload, CancellationToken ct)
    {
        var target = new PingTarget(url, PingTarget.IsJson(url), IsTrusted: true);
        return await PostAsync(client, target, target.Encode(payload), GumroadVersion.Newest, static (hop, _) => Task.FromResult(AddressRules.IsWeb(hop)), ct)
            ?? throw new HttpRequestException("The URL, or one it redirects to, is neither http nor https.");
    }

    /// <summary>The status of the last answer; null when <paramref name="mayPost"/>, which is told whether it is asked for a redirect, forbade a URL.</summary>
    internal static async Task<int?> PostAsync(
        HttpClient client, PingTarget target, byte[] body, GumroadVersion version, Func<Uri, bool, Task<bool>> mayPost, CancellationToken ct)
    {
        var rules = new RedirectRules(version);
        var method = HttpMethod.Post;
        var url = target.Url;
        for (var redirects = 0; ; redirects++)
        {
            if (!await mayPost(url, redirects > 0))
            {
                return null;
            }

            using var request = Request(method, url, target.ContentType, body);
            request.Headers.ConnectionClose = version == GumroadVersion.April2025 ? true : null;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)answer.StatusCode;
            if (status is < 300 or > 399 || answer.Headers.Location is not { } location || redirects == rules.Most)
            {
                return status;
            }

            method = rules.Next(method, status);
            url = new Uri(url, location);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri url, string contentType, byte[] body)
    {
        var request = new HttpRequestMessage(method, url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("User-Agent", "Ruby");
        if (url.UserInfo.Length > 0)
        {
            // Taken as it stands in the URL: Gumroad does not percent-decode it.
            request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(url.UserInfo)));
        }

        return request;
    }

    private static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.Zero,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null, // no traceparent: Gumroad sends none
    };
}
