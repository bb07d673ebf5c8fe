using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Simulator.Tests;

/// <summary>A real server on loopback that keeps what it gets and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly WebApplication _site;
    private int _taken;

    private Receiver(WebApplication site) => _site = site;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Given the request's number from 1, writes the answer. Plain 200 unless told otherwise.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Received> Requests => [.. _requests];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new Receiver(builder.Build());
        receiver._site.Run(receiver.TakeAsync);
        await receiver._site.StartAsync();
        receiver.Url = new Uri(receiver._site.Urls.First());
        return receiver;
    }

    public void AnswerStatus(params int[] statuses) => Answer = (number, context) =>
    {
        context.Response.StatusCode = number <= statuses.Length ? statuses[number - 1] : 200;
        return Task.CompletedTask;
    };

    /// <summary>The next request gets this answer, all later ones 200.</summary>
    public void AnswerOnly(int status) => AnswerStatus([.. Enumerable.Repeat(200, _requests.Count), status]);

    public async Task<Received> NextAsync()
    {
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(10)), "No ping came within 10 s.");
        return Requests[_taken++];
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _requests.Enqueue(new Received(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, body));
        await Answer(_requests.Count, context);
        _arrived.Release();
    }
}

/// <summary>One request, its form decoded the plain way.</summary>
internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public IReadOnlyList<(string Name, string Value)> Pairs { get; } =
        [.. Body.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))];

    public string? this[string name] => Pairs.LastOrDefault(pair => pair.Name == name).Value;
}
