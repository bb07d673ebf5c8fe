using Latchkey.Contracts.Api;
using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

public sealed partial class LatchkeyClient
{
    private readonly object _refreshLock = new();
    private Task<RefreshOutcome>? _refreshing;
    private long? _lastRefresh;

    /// <summary>Asks the server for a new lease: at most once at a time, whoever asks. Up to three tries.</summary>
    /// <param name="ct">Cancels the wait, not a refresh that others wait for too.</param>
    public Task<RefreshOutcome> RefreshAsync(CancellationToken ct = default) => RefreshAsync(tries: 3).OrCancelledAsync(ct);

    private Task<RefreshOutcome> RefreshAsync(int tries)
    {
        lock (_refreshLock)
        {
            if (_refreshing is not { IsCompleted: false })
            {
                _lastRefresh = _time.GetTimestamp();
                _refreshing = RefreshInTurnAsync(tries, _life.Token);
            }

            return _refreshing;
        }
    }

    private async Task<RefreshOutcome> RefreshInTurnAsync(int tries, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var outcome = await RefreshOnceAsync(tries, ct).ConfigureAwait(false);
            PlanNext(outcome);
            return outcome;
        }
        finally
        {
            _turn.Release();
            Announce();
        }
    }

    private async Task<RefreshOutcome> RefreshOnceAsync(int tries, CancellationToken ct)
    {
        var before = _memory.Held;
        if (before.Stored is not { Key: { } key, ActivationId: { } activation })
        {
            return new RefreshOutcome.NotActivated();
        }

        var nonce = Randomness.Nonce();
        var reply = await _api.ValidateAsync(new()
        {
            Key = key,
            ActivationId = activation,
            Product = _identity.Product,
            Device = Device,
            Nonce = nonce,
        }, tries, ct).ConfigureAwait(false);

        switch (reply)
        {
            case ApiReply<ValidateReply>.Refused(var problem):
                return new RefreshOutcome.NotConfirmed(problem.Code);
            case ApiReply<ValidateReply>.Ok({ Lease: null, Code: var code }):
                return new RefreshOutcome.NotConfirmed(code);
            case ApiReply<ValidateReply>.Ok({ Lease: { } text }):
                var expected = _identity.Expect(key) with { Nonce = nonce, Activation = activation, Stored = StoredLease(before) };
                if (await JudgeAsync(text, expected, ct).ConfigureAwait(false) is not LeaseVerdict.Accepted(var lease))
                {
                    return new RefreshOutcome.Unreachable(null);
                }

                // The buyer may have deactivated meanwhile: then this lease has come too late.
                return _memory.Change(stored => stored.ActivationId == activation ? stored with { Lease = text } : null, lease)
                    ? new RefreshOutcome.Refreshed(_memory.State)
                    : new RefreshOutcome.NotActivated();
            default:
                return new RefreshOutcome.Unreachable((reply as ApiReply<ValidateReply>.Nothing)?.RetryAfter);
        }
    }

    private static (string Text, LeaseClaims Claims)? StoredLease(Held held) =>
        held is { Lease: { } claims, Stored.Lease: { } text } ? (text, claims) : null;

    /// <summary>Holds a lease against what is expected; if only the keyset may be too old, fetches that once.</summary>
    private async Task<LeaseVerdict> JudgeAsync(string text, LeaseExpectation expected, CancellationToken ct)
    {
        var fetched = _memory.Held.Keyset is not { } keyset || keyset.Exp < _memory.Now;
        if (fetched)
        {
            await FetchKeysetAsync(ct).ConfigureAwait(false);
        }

        var verdict = LeaseGate.Check(text, _memory.Held.Keys, expected);
        if (verdict is LeaseVerdict.Ignored { Fault: LeaseFault.UnknownKey } && !fetched)
        {
            await FetchKeysetAsync(ct).ConfigureAwait(false);
            verdict = LeaseGate.Check(text, _memory.Held.Keys, expected);
        }

        if (verdict is LeaseVerdict.Ignored ignored)
        {
            Diagnose(ignored.Check, ignored.Fault?.ToString() ?? "a lease was ignored");
        }

        return verdict;
    }

    /// <summary>Takes a keyset that a root vouches for and that is not older than the stored one; else keeps what there is.</summary>
    private async Task FetchKeysetAsync(CancellationToken ct)
    {
        if (await _api.KeysetAsync(ct).ConfigureAwait(false) is not ApiReply<KeysetReply>.Ok({ Keyset: var text }))
        {
            return;
        }

        if (KeysetToken.Read(text, _identity.Roots) is not KeysetReading.Ok(var claims)
            || claims.Iss != _identity.Issuer
            || claims.Seq < (_memory.Held.Keyset?.Seq ?? 0))
        {
            Diagnose(ClientCheck.Keyset, "a keyset was ignored");
            return;
        }

        _memory.Change(stored => stored with { Keyset = text });
    }
}
