using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>Holds the state in memory and writes each change through. Every change passes <see cref="Change"/>.</summary>
internal sealed class LeaseMemory
{
    private readonly object _lock = new();
    private readonly ILeaseStorage _storage;
    private readonly ClientIdentity _identity;
    private readonly LeaseClock _clock;
    private readonly Action<ClientCheck, string> _diagnose;
    private volatile Held _held;

    public LeaseMemory(ILeaseStorage storage, ClientIdentity identity, TimeProvider time, Action<ClientCheck, string> diagnose)
    {
        (_storage, _identity, _diagnose) = (storage, identity, diagnose);
        _held = Held.Of(Load(), identity);
        _clock = new(time);
        _clock.Restore(_held.Stored.Mark);
    }

    public Held Held => _held;

    public LicenseState State
    {
        get
        {
            var held = _held;
            return held.At(_clock.Effective(held.Lease));
        }
    }

    /// <summary>The effective time in Unix seconds.</summary>
    public long Now => _clock.Effective(_held.Lease);

    /// <summary>Makes a change and writes it through; false if <paramref name="change"/> gives null, since things have moved on.</summary>
    /// <param name="change">The new state from the present one.</param>
    /// <param name="online">The lease that has just come with our nonce, if that is the change.</param>
    public bool Change(Func<StoredState, StoredState?> change, LeaseClaims? online = null)
    {
        lock (_lock)
        {
            if (change(_held.Stored) is not { } stored)
            {
                return false;
            }

            if (online is not null)
            {
                _clock.Learn(online.Iat);
            }

            var held = Held.Of(stored, _identity);
            _held = held with { Stored = stored with { Mark = _clock.Mark(held.Lease) } };
            Save(_held.Stored);
            return true;
        }
    }

    private StoredState Load()
    {
        try
        {
            return _storage.Read() is { } text && JsonSerializer.Deserialize(text, ClientJson.Default.StoredState) is { } stored ? stored : new();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or CryptographicException)
        {
            // A lost state costs one online activation, which takes no new slot; an app that does not start costs more.
            _diagnose(ClientCheck.Storage, e.GetType().Name);
            return new();
        }
    }

    private void Save(StoredState stored)
    {
        try
        {
            _storage.Write(JsonSerializer.Serialize(stored, ClientJson.Default.StoredState));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk takes nothing from the buyer until the next start; the next change is written again.
            _diagnose(ClientCheck.Storage, e.GetType().Name);
        }
    }
}
