using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>Nodes that open one empty store at the same time.</summary>
public abstract class InstallationConformance
{
    private readonly MasterKey _master = MasterKey.Create();

    private protected abstract OpenStore Open(TimeProvider time);

    [Fact]
    public async Task Of_two_that_prepare_an_empty_store_both_end_with_the_same_lookup_secret()
    {
        var store = Open(TimeProvider.System);
        try
        {
            using var both = new BothFindNothing(store.Installation);
            var (one, other) = (new Installation(), new Installation());
            await Task.WhenAll(one.OpenAsync(_master, both, default), other.OpenAsync(_master, both, default));
            var later = new Installation();
            await later.OpenAsync(_master, store.Installation, default);

            Assert.Equal(one.KeyLookup.Of("ACME-1"), other.KeyLookup.Of("ACME-1"));
            Assert.Equal(one.KeyLookup.Of("ACME-1"), later.KeyLookup.Of("ACME-1"));
        }
        finally
        {
            store.Close();
        }
    }

    [Fact]
    public async Task Of_two_with_different_master_keys_the_later_one_is_refused()
    {
        var store = Open(TimeProvider.System);
        try
        {
            using var both = new BothFindNothing(store.Installation);
            var refusals = await Task.WhenAll(RefusalAsync(_master, both), RefusalAsync(MasterKey.Create(), both));

            Assert.Single(refusals, r => r is null);
            Assert.Contains(refusals, r => r?.Contains("another master key", StringComparison.Ordinal) is true);
        }
        finally
        {
            store.Close();
        }
    }

    private static async Task<string?> RefusalAsync(MasterKey master, IInstallationStore store) =>
        (await Record.ExceptionAsync(() => new Installation().OpenAsync(master, store, default)) as InvalidOperationException)?.Message;

    /// <summary>Lets two look into the empty store before either of them writes.</summary>
    private sealed class BothFindNothing(IInstallationStore store) : IInstallationStore, IDisposable
    {
        private readonly CountdownEvent _looked = new(2);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsShared => store.IsShared;

        public async Task<InstallationRow?> FindAsync(CancellationToken ct)
        {
            var found = await store.FindAsync(ct);
            if (_looked.Signal())
            {
                _go.SetResult();
            }

            await _go.Task;
            return found;
        }

        public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => store.AddAsync(row, ct);

        public void Dispose() => _looked.Dispose();
    }
}
