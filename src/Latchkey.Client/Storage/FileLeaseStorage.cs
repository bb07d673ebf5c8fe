namespace Latchkey.Client;

/// <summary>One sealed file, written beside and then put in place, so that a crash leaves the old or the new one.</summary>
public sealed class FileLeaseStorage : ILeaseStorage
{
    private readonly string _path;
    private readonly Seal _seal;

    /// <summary>Keeps the state in this file.</summary>
    /// <param name="path">The file; its folder is made if need be.</param>
    /// <param name="deviceId">The raw device id; on a device with another id the file counts as damaged.</param>
    public FileLeaseStorage(string path, string deviceId)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(deviceId);
        _path = path;
        _seal = new(deviceId);
    }

    /// <inheritdoc/>
    public string? Read() => File.Exists(_path) ? _seal.Open(File.ReadAllBytes(_path)) : null;

    /// <inheritdoc/>
    public void Write(string state) => AtomicFile.Write(_path, _seal.Close(state));
}
