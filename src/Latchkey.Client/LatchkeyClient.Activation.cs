using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Latchkey.Contracts.Keys;

namespace Latchkey.Client;

public sealed partial class LatchkeyClient
{
    /// <summary>Takes a slot for this device, or finds the one it has. Three tries, a few seconds at most between them.</summary>
    /// <param name="key">What the buyer typed.</param>
    /// <param name="ct">Cancels the wait; the server may have made the activation nevertheless, and will find it again.</param>
    public async Task<ActivationOutcome> ActivateAsync(string key, CancellationToken ct = default)
    {
        if (CanonicalOf(key) is not { } canonical)
        {
            return new ActivationOutcome.KeyMalformed(LicenseKey.Read(key, _options.KeyPrefixes));
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, _life.Token);
        await _turn.WaitAsync(both.Token).ConfigureAwait(false);
        try
        {
            return await ActivateAsync(canonical, Randomness.Nonce(), both.Token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
            Announce();
        }
    }

    /// <summary>
    /// Gives the slot back. Locally the license is gone at once; if the server cannot be reached, the release is kept
    /// and tried again at the next <see cref="Start"/>.
    /// </summary>
    public async Task<DeactivationOutcome> DeactivateAsync(CancellationToken ct = default)
    {
        PendingRelease? release = null;
        _memory.Change(stored =>
        {
            release = stored is { Key: { } key, ActivationId: { } id } ? new() { Key = key, ActivationId = id } : null;
            return release is null ? null : Released(stored) with { Key = null, ActivationId = null, Lease = null };
        });
        if (release is null)
        {
            return new DeactivationOutcome.NotActivated();
        }

        Announce();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, _life.Token);
        await _turn.WaitAsync(both.Token).ConfigureAwait(false);
        try
        {
            return await ReleaseAsync(release, both.Token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The form in which a key is hashed and sent, or null if this can be no key of the product.</summary>
    private string? CanonicalOf(string typed) => LicenseKey.Read(typed, _options.KeyPrefixes) switch
    {
        KeyReading.Ok(var key) => key.Canonical,
        _ when ForeignKey.IsGumroadFormat(typed) => ForeignKey.Normalize(typed),
        KeyReading.WrongPrefix when _options.AcceptImportedKeys && !string.IsNullOrWhiteSpace(typed) => ForeignKey.Normalize(typed),
        _ => null,
    };

    private async Task<ActivationOutcome> ActivateAsync(string key, string nonce, CancellationToken ct)
    {
        var before = _memory.Held;
        var reply = await _api.ActivateAsync(new()
        {
            Key = key,
            Product = _identity.Product,
            Device = Device,
            Nonce = nonce,
            ActivationId = before.Stored.Key == key ? before.Stored.ActivationId : null,
        }, ct).ConfigureAwait(false);

        switch (reply)
        {
            case ApiReply<ActivateReply>.Refused(var problem):
                return Refused(problem);
            case ApiReply<ActivateReply>.Ok(var body):
                var expected = _identity.Expect(key) with { Nonce = nonce, Activation = body.Activation.Id, Stored = StoredLease(before) };
                if (await JudgeAsync(body.Lease, expected, ct).ConfigureAwait(false) is not LeaseVerdict.Accepted(var lease))
                {
                    return new ActivationOutcome.Unreachable(null);
                }

                _memory.Change(stored => Activated(stored, key, lease.Act!, body.Lease), lease);
                var state = _memory.State;
                return state.Status == LicenseStatus.Refused
                    ? new ActivationOutcome.Refused(state.Reason ?? lease.St, null)
                    : new ActivationOutcome.Activated(state);
            default:
                return new ActivationOutcome.Unreachable((reply as ApiReply<ActivateReply>.Nothing)?.RetryAfter);
        }
    }

    /// <summary>A slot that this device held under another key would be lost: it is released later.</summary>
    private static StoredState Activated(StoredState stored, string key, string activation, string lease)
    {
        var former = stored.Key is not null && stored.Key != key && stored.ActivationId != activation ? Released(stored) : stored;
        return former with
        {
            Key = key,
            ActivationId = activation,
            Lease = lease,
            PendingReleases = [.. former.PendingReleases.Where(p => p.ActivationId != activation)],
        };
    }

    private static StoredState Released(StoredState stored) => stored with
    {
        PendingReleases = [.. stored.PendingReleases, new() { Key = stored.Key!, ActivationId = stored.ActivationId! }],
    };

    private static ActivationOutcome.Refused Refused(Problem problem) => new(problem.Code, problem.Detail)
    {
        Limit = problem.Limit,
        Devices = problem.Devices ?? [],
        Portal = problem.Portal,
    };

    private async Task ReleasePendingAsync(CancellationToken ct)
    {
        foreach (var release in _memory.Held.Stored.PendingReleases)
        {
            await _turn.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                // An activation in the meantime may have taken this very slot again.
                if (_memory.Held.Stored.PendingReleases.Contains(release))
                {
                    await ReleaseAsync(release, ct).ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task<DeactivationOutcome> ReleaseAsync(PendingRelease release, CancellationToken ct)
    {
        var reply = await _api.DeactivateAsync(
            new() { Key = release.Key, ActivationId = release.ActivationId, Product = _identity.Product }, ct).ConfigureAwait(false);
        if (reply is ApiReply<DeactivateReply>.Nothing(var retryAfter))
        {
            return new DeactivationOutcome.Pending(retryAfter);
        }

        if (reply is ApiReply<DeactivateReply>.Refused(var problem) && problem.Code is not (Codes.ActivationNotFound or Codes.KeyNotFound))
        {
            return new DeactivationOutcome.Refused(problem.Code, problem.Detail, problem.NextReleaseAt);
        }

        _memory.Change(stored => stored with { PendingReleases = [.. stored.PendingReleases.Where(p => p != release)] });
        return new DeactivationOutcome.Released();
    }
}
