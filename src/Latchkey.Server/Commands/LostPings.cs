using Latchkey.Simulator;

namespace Latchkey.Server.Commands;

/// <summary>
/// Tells on stderr that a receiver said no to a ping for good, once for each address, until it is disposed. Without it a wrong
/// token at the receiver would look as if nothing had been sent.
/// </summary>
internal sealed class LostPings : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);

    private readonly GumroadSimulator _gumroad;
    private readonly Lock _gate = new();
    private readonly HashSet<Uri> _told = [];
    private readonly Timer _timer;
    private int _seen;

    public LostPings(GumroadSimulator gumroad)
    {
        _gumroad = gumroad;
        _timer = new Timer(_ => Look(), null, Often, Often);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Look();
    }

    private void Look()
    {
        lock (_gate)
        {
            var attempts = _gumroad.Attempts;
            foreach (var lost in attempts.Skip(_seen).Where(attempt => attempt is { IsLost: true, Status: not null } && _told.Add(attempt.Url)))
            {
                Console.Error.WriteLine($"{lost.Url} answered {lost.Status}: this ping is lost. All pings: {new Uri(_gumroad.Address, "seller/pings")}");
            }

            _seen = attempts.Count;
        }
    }
}
