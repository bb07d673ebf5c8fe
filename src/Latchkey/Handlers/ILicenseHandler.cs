namespace Latchkey.Handlers;

/// <summary>
/// Hears of changes of licenses. Handed over at least once, for one subject in order, one at a time; each time in a service scope of its own.
/// </summary>
public interface ILicenseHandler
{
    /// <summary>Do what is to be done, and return when it is done.</summary>
    /// <param name="happened">What happened; its key tells repeats.</param>
    /// <param name="ct">The host is stopping. What was not done then is handed over again at the next start.</param>
    /// <exception cref="Exception">Any: the event is handed over again after a pause, and until then no later one of the same subject.</exception>
    Task HandleAsync(LicenseEvent happened, CancellationToken ct);
}
