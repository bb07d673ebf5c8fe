namespace Latchkey.Purchases;

/// <summary>
/// Folds every purchase of a tenant once more from its entries, beside what is stored, and compares. Some purchases at a time are
/// read at one moment and mended in one write, so that live folds and the replay do not disturb one another.
/// </summary>
internal sealed class Replay(IReplayRows rows, IFolder folder, string tenantId)
{
    /// <summary>What differs of one page is mended in one write, which is to stay short.</summary>
    public const int PurchasesPerPage = 64;

    private const int DifferencesShown = 100;
    private const int StaleSettingsPauseMs = 10;

    private readonly List<ReplayDifference> _differences = [];
    private long _purchases;
    private long _entries;
    private long _waiting;
    private long _differing;
    private long _beyondMending;

    /// <exception cref="KeyNotFoundException">There is no such tenant.</exception>
    public async Task<ReplayReport> RunAsync(bool swap, IProgress<ReplayProgress> progress, CancellationToken ct)
    {
        var after = string.Empty;
        while (true)
        {
            var tenant = await folder.TenantAsync(tenantId, ct) ?? throw new KeyNotFoundException("There is no such tenant.");
            var page = await rows.ReadAsync(tenant, after, ct);
            if (page is null || (swap && page.Any(r => r.Differs) && !await rows.MendAsync(tenant, page, ct)))
            {
                // The settings have changed; whoever changed them is about to have them read again.
                await Task.Delay(StaleSettingsPauseMs, ct);
                continue;
            }

            if (page.Count == 0)
            {
                break;
            }

            Count(page);
            after = page[^1].Id;
            progress.Report(new(_purchases, _entries));
        }

        await rows.FindStraysAsync(swap, Differs, ct);
        return new(_purchases, _entries, _waiting, _differing, swap ? _beyondMending : _differing, _differences, swap);
    }

    private void Count(IReadOnlyList<Replayed> page)
    {
        foreach (var replayed in page)
        {
            _purchases++;
            _entries += replayed.Entries;
            _waiting += replayed.Waits ? 1 : 0;
            if (replayed.Differs)
            {
                _beyondMending += replayed.Mending == Mending.None ? 1 : 0;
                Differs(new(replayed.Id, replayed.What));
            }
        }
    }

    private void Differs(ReplayDifference difference)
    {
        _differing++;
        if (_differences.Count < DifferencesShown)
        {
            _differences.Add(difference);
        }
    }
}
