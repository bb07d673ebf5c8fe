using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Latchkey.Browser.Tests;

/// <summary>Notes what a window asks for and what goes wrong in it.</summary>
internal sealed class Watch
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _requests = new();

    public Watch(IPage page)
    {
        page.Context.Request += (_, request) => _requests.Enqueue(request.Url);
        page.Context.WebError += (_, error) => _errors.Enqueue(error.Error);
        page.Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Enqueue($"{message.Text} {message.Location}");
            }
        };
    }

    public IReadOnlyList<string> Errors => [.. _errors];

    public IReadOnlyList<string> Requests => [.. _requests];

    public IReadOnlyList<string> RequestsElsewhere => [.. _requests.Where(url => !new Uri(url).IsLoopback)];
}
