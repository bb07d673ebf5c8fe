using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Tests.Keys;

public class InstallationTests
{
    [Fact]
    public async Task The_same_master_key_finds_the_same_lookup_secret_again()
    {
        var store = new Store();
        var (first, second) = (new Installation(), new Installation());
        await first.OpenAsync(Acme.Master, store, CancellationToken.None);
        await second.OpenAsync(Acme.Master, store, CancellationToken.None);
        Assert.Equal(first.KeyLookup.Of("ACME-1"), second.KeyLookup.Of("ACME-1"));
        Assert.NotEqual(first.KeyLookup.Of("ACME-1"), second.KeyLookup.Of("ACME-2"));
    }

    [Fact]
    public async Task Another_master_key_is_refused()
    {
        var store = new Store();
        await new Installation().OpenAsync(Acme.Master, store, CancellationToken.None);
        var late = new Installation();
        await Assert.ThrowsAsync<OtherMasterKeyException>(() => late.OpenAsync(MasterKey.Create(), store, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => late.MasterKey);
    }

    private sealed class Store : IInstallationStore
    {
        private InstallationRow? _row;

        public bool IsShared => false;

        public Task<InstallationRow?> FindAsync(CancellationToken ct) => Task.FromResult(_row);

        public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => Task.FromResult(_row ??= row);
    }
}
