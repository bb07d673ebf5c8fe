using Latchkey.Keys;
using Latchkey.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.Hosting;

/// <summary>Opens the installation with its master key before anything else starts.</summary>
internal sealed class Opening(Installation installation, IInstallationStore store, InstallationSecrets secrets, IOptions<LatchkeyOptions> options)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var empty = await store.FindAsync(cancellationToken) is null;
        var (master, made) = InstallationSecrets.MasterKeyOf(options.Value, empty);
        try
        {
            await installation.OpenAsync(master, store, cancellationToken);
        }
        catch (OtherMasterKeyException) when (made is not null)
        {
            File.Delete(made); // another node was faster; what was made here opens nothing
            throw;
        }

        secrets.ReadAdminToken(options.Value, store.IsShared ? master : null);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
