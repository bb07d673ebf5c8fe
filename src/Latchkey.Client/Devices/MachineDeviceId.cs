using System.Text;

namespace Latchkey.Client;

/// <summary>The machine's own id where the system has one in a file; else a random one, made once and kept in a file.</summary>
public sealed class MachineDeviceId : IDeviceIdSource
{
    private readonly string _fallback;

    /// <summary>Looks where Linux keeps the machine's id.</summary>
    /// <param name="fallback">Where a random id is kept if the system has none; null for the user's local application data.</param>
    public MachineDeviceId(string? fallback = null) => _fallback = fallback ?? LocalFiles.PathOf("device");

    /// <inheritdoc/>
    public string Read() =>
        FirstLine("/etc/machine-id") ?? FirstLine("/var/lib/dbus/machine-id") ?? FirstLine(_fallback) ?? Make();

    private string Make()
    {
        var id = Randomness.Hex(16);
        AtomicFile.Write(_fallback, Encoding.ASCII.GetBytes(id + "\n"));
        return id;
    }

    private static string? FirstLine(string path)
    {
        try
        {
            var line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault()?.Trim() : null;
            return string.IsNullOrEmpty(line) ? null : line;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not ours to read: the next place may be.
            return null;
        }
    }
}
