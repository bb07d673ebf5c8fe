using Latchkey.Server.Tests.Running;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Latchkey.Server.Tests.Running;

/// <summary>One server for all classes that need nothing special of it; each test opens a shop of its own there.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A new tenant that sells.</summary>
    public Task<Shop> OpenShopAsync(int? limit = 3) => Shop.OpenAsync(Server, limit);
}
