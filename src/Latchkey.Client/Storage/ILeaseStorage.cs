namespace Latchkey.Client;

/// <summary>Keeps the client's state over a restart. The text holds the license key: keep it where only the user reads.</summary>
public interface ILeaseStorage
{
    /// <summary>The text last written, or null if there is none or it is damaged.</summary>
    string? Read();

    /// <summary>Replaces the text, wholly or not at all.</summary>
    /// <exception cref="IOException">It could not be written; the client goes on from memory.</exception>
    void Write(string state);
}
