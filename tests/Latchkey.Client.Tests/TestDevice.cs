using Latchkey.Contracts.Keys;

namespace Latchkey.Client.Tests;

/// <summary>A device with an app on it: clients come and go, the storage, the clock and the server stay.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly List<LatchkeyClient> _clients = [];

    public TestDevice()
    {
        Server = new(Time);
        Server.Publish((Server.Signer, "current"));
    }

    public static string Key { get; } = LicenseKey.FromBits("ACME", new byte[15]).Display;

    public ManualTime Time { get; } = new();

    public FakeServer Server { get; }

    public MemoryStorage Storage { get; } = new();

    public List<ClientCheck> Diagnosed { get; } = [];

    /// <summary>Starts the app anew.</summary>
    public LatchkeyClient Launch(Action<LatchkeyClientOptions>? configure = null)
    {
        var options = new LatchkeyClientOptions
        {
            Server = new("https://licenses.example"),
            Tenant = "acme",
            Product = "studio",
            RootKeys = [Convert.ToBase64String(Server.Root.PublicKey).TrimEnd('=').Replace('+', '-').Replace('/', '_')],
            KeyPrefixes = ["ACME"],
            Time = Time,
            Handler = Server,
            Storage = Storage,
            DeviceId = new FixedDevice("machine-1"),
        };
        configure?.Invoke(options);
        var client = new LatchkeyClient(options);
        client.Diagnosed += (_, e) => Diagnosed.Add(e.Check);
        _clients.Add(client);
        return client;
    }

    public async Task<LatchkeyClient> LaunchActivatedAsync()
    {
        var client = Launch();
        Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(Key));
        return client;
    }

    /// <summary>No network at all.</summary>
    public void Unplug() => Server.Instead = _ => throw new HttpRequestException("no route");

    public void Plug() => Server.Instead = _ => null;

    /// <summary>Runs an exchange to its end, letting the pauses between its tries pass at once.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Time.Delays.WaitToReadAsync(Patience.Token).AsTask());
            if (Time.Delays.TryRead(out var delay))
            {
                Time.Advance(delay);
            }
        }

        return await work;
    }

    public void Dispose()
    {
        _clients.ForEach(c => c.Dispose());
        Server.Dispose();
    }
}

internal sealed record FixedDevice(string Id) : IDeviceIdSource
{
    public string Read() => Id;
}

internal sealed class MemoryStorage : ILeaseStorage
{
    public string? Text { get; set; }

    public string? Read() => Text;

    public void Write(string state) => Text = state;
}
