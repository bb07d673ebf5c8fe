using System.Net;
using System.Text;
using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

/// <summary>Gumroad's end of the line: answers what it was told to, the last answer for ever, and keeps what was sent.</summary>
internal sealed class Exchange : HttpMessageHandler
{
    public const string Token = "tok-3f9a77c1e2";

    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    public List<SentRequest> Sent { get; } = [];

    public SentRequest Only => Assert.Single(Sent);

    public ManualTime Time { get; } = new();

    public bool IsDisposed { get; private set; }

    public static Exchange OfFiles(params string[] files)
    {
        var exchange = new Exchange();
        foreach (var file in files)
        {
            exchange.Then(() => ApiFile.Load(file).ToResponse());
        }

        return exchange;
    }

    public static Exchange OfJson(string body, int status = 200) => new Exchange().ThenJson(body, status);

    public Exchange Then(Func<HttpResponseMessage> answer)
    {
        _answers.Enqueue(_ => Task.FromResult(answer()));
        return this;
    }

    public Exchange Then(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public Exchange ThenJson(string body, int status = 200) => Then(() => new HttpResponseMessage((HttpStatusCode)status)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    });

    public Exchange ThenStatus(int status, string? retryAfter = null) => Then(() =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("Retry later\n") };
        if (retryAfter is not null)
        {
            response.Headers.Add("Retry-After", retryAfter);
        }

        return response;
    });

    public GumroadClient Client(Action<GumroadClientOptions>? configure = null)
    {
        var options = new GumroadClientOptions { AccessToken = Token, Handler = this, TimeProvider = Time, Timeout = ManualTime.AttemptLimit };
        configure?.Invoke(options);
        return new GumroadClient(options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(await SentRequest.OfAsync(request));
        return await (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek())(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
