using Latchkey.Client;

namespace Latchkey.Server.Tests.Running;

/// <summary>A sold app on one device: the client library, with its storage in memory.</summary>
internal sealed class DeviceClient : IDisposable
{
    public DeviceClient(Shop shop, IReadOnlyList<string> roots, string device)
    {
        Storage = new Memory();
        Client = new LatchkeyClient(new LatchkeyClientOptions
        {
            Server = shop.Server.Address,
            Tenant = shop.Id,
            Product = Shop.Product,
            RootKeys = roots,
            KeyPrefixes = [Shop.Prefix],
            DeviceName = device,
            DeviceId = new Named(device),
            Storage = Storage,
            Time = shop.Server.Time,
        });
    }

    public LatchkeyClient Client { get; }

    public Memory Storage { get; }

    public void Dispose() => Client.Dispose();

    internal sealed class Memory : ILeaseStorage
    {
        public string? Text { get; private set; }

        public string? Read() => Text;

        public void Write(string state) => Text = state;
    }

    private sealed class Named(string name) : IDeviceIdSource
    {
        public string Read() => name;
    }
}
