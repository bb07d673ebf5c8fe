namespace Latchkey.Client.Tests;

public sealed class FileStorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latchkey").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path => System.IO.Path.Combine(_folder, "made", "state");

    [Fact]
    public void What_is_written_is_read_again_and_lies_there_sealed()
    {
        var storage = new FileLeaseStorage(Path, "machine-1");
        Assert.Null(storage.Read());

        storage.Write("first");
        storage.Write("{\"key\":\"ACME-1 é\"}");

        Assert.Equal("{\"key\":\"ACME-1 é\"}", new FileLeaseStorage(Path, "machine-1").Read());
        Assert.False(File.ReadAllBytes(Path).AsSpan().IndexOf("ACME"u8) >= 0);
        Assert.Single(Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void Same_text_is_sealed_differently_each_time()
    {
        var storage = new FileLeaseStorage(Path, "machine-1");
        storage.Write("text");
        var first = File.ReadAllBytes(Path);
        storage.Write("text");

        Assert.NotEqual(first, File.ReadAllBytes(Path));
    }

    [Fact]
    public void File_of_another_device_is_empty()
    {
        new FileLeaseStorage(Path, "machine-1").Write("text");
        Assert.Null(new FileLeaseStorage(Path, "machine-2").Read());
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_make_it_empty()
    {
        var storage = new FileLeaseStorage(Path, "machine-1");
        storage.Write("text");
        var sealedText = File.ReadAllBytes(Path);

        for (var bit = 0; bit < sealedText.Length * 8; bit++)
        {
            var broken = (byte[])sealedText.Clone();
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Path, broken);
            Assert.Null(storage.Read());
        }

        for (var length = 0; length < sealedText.Length; length++)
        {
            File.WriteAllBytes(Path, sealedText[..length]);
            Assert.Null(storage.Read());
        }
    }

    [Fact]
    public void Only_the_user_may_read_it()
    {
        new FileLeaseStorage(Path, "machine-1").Write("text");
        new FileLeaseStorage(Path, "machine-1").Write("more");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Client_lives_with_a_file()
    {
        using var device = new TestDevice();
        void File(LatchkeyClientOptions o) => o.Storage = new FileLeaseStorage(Path, "machine-1");
        await device.Launch(File).ActivateAsync(TestDevice.Key);

        Assert.True(device.Launch(File).Has("export"));
        device.Unplug();
        await device.RunAsync(device.Launch(File).RefreshAsync());
        Assert.True(device.Launch(File).Has("export"));
    }

    [Fact]
    public async Task Storage_that_cannot_be_written_costs_nothing_until_the_next_start()
    {
        File.WriteAllText(System.IO.Path.Combine(_folder, "made"), "a file where a folder should be");
        using var device = new TestDevice();
        using var client = device.Launch(o => o.Storage = new FileLeaseStorage(Path, "machine-1"));

        Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(TestDevice.Key));
        Assert.True(client.Has("export"));
        Assert.Contains(ClientCheck.Storage, device.Diagnosed);
    }

    [Fact]
    public void Device_id_stays_the_same()
    {
        var fallback = System.IO.Path.Combine(_folder, "device");
        var id = new MachineDeviceId(fallback).Read();

        Assert.True(id.Length >= 32);
        Assert.Equal(id, new MachineDeviceId(fallback).Read());
    }
}
