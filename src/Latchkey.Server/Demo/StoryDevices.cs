using Latchkey.Client;

namespace Latchkey.Server.Demo;

/// <summary>The buyer's devices, each with the app's own client and its own storage.</summary>
internal sealed class StoryDevices(DemoHouse house) : IDisposable
{
    private readonly Dictionary<string, (LatchkeyClient Client, Memory Storage)> _devices = [];
    private IReadOnlyList<string>? _roots;

    /// <summary>A new device with the app freshly installed.</summary>
    public async Task<LatchkeyClient> AddAsync(string name, CancellationToken ct)
    {
        _roots ??= [.. (await house.Seller.GetAsync("keyset/roots", ct))["roots"]!.AsArray().Select(k => k!["x"]!.ToString())];
        var storage = new Memory();
        var client = Open(name, storage, online: true);
        _devices.Add(name, (client, storage));
        return client;
    }

    /// <summary>The app on a known device, started again; without a network when asked.</summary>
    public LatchkeyClient Reopen(string name, bool online) => Open(name, _devices[name].Storage, online);

    public void Dispose()
    {
        foreach (var (client, _) in _devices.Values)
        {
            client.Dispose();
        }
    }

    private LatchkeyClient Open(string name, Memory storage, bool online) => new(new LatchkeyClientOptions
    {
        Server = house.Address,
        Tenant = DemoHouse.Tenant,
        Product = "inkwell",
        Issuer = new Uri(house.Address, DemoHouse.Tenant).ToString(),
        RootKeys = _roots!,
        KeyPrefixes = ["INK"],
        DeviceName = name,
        DeviceId = new Named(name),
        Storage = storage,
        Handler = online ? null : new Unplugged(),
    });

    private sealed class Named(string name) : IDeviceIdSource
    {
        public string Read() => name;
    }

    private sealed class Memory : ILeaseStorage
    {
        private string? _state;

        public string? Read() => _state;

        public void Write(string state) => _state = state;
    }

    /// <summary>A network cable that is not in its socket.</summary>
    private sealed class Unplugged : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("The network is unplugged.");
    }
}
