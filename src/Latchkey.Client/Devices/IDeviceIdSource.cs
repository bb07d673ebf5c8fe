namespace Latchkey.Client;

/// <summary>Gives what tells this device from others. It never leaves the device: only its hash does.</summary>
public interface IDeviceIdSource
{
    /// <summary>The raw id; the same at every start.</summary>
    string Read();
}
