using Latchkey.Licenses;

namespace Latchkey.Subjects;

/// <summary>A subject as it stood at one moment of the store.</summary>
/// <param name="Root">The user who has claimed the address, or the subject itself.</param>
/// <param name="Version">Grows with every change of what it may do; 0 before the first.</param>
/// <param name="Position">The outbox's last position at that moment: what comes later is news.</param>
/// <param name="Licenses">All of the root's and of the addresses it has claimed.</param>
internal sealed record SubjectSnapshot(string Subject, string Root, long Version, long Position, IReadOnlyList<License> Licenses);

internal interface ISubjectStore
{
    Task<SubjectSnapshot> ReadAsync(string tenant, string subject, CancellationToken ct);

    /// <summary>An address is a user's from now on: both then answer alike. A second claim of the same address moves it.</summary>
    /// <returns>False when it was his already.</returns>
    Task<bool> ClaimAsync(string tenant, string email, string user, DateTimeOffset now, CancellationToken ct);

    /// <summary>The addresses a user has claimed.</summary>
    Task<IReadOnlyList<string>> ClaimedByAsync(string tenant, string user, CancellationToken ct);
}
