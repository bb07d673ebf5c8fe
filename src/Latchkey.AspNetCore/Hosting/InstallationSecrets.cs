using System.Security.Cryptography;
using Latchkey.Keys;

namespace Latchkey.AspNetCore.Hosting;

/// <summary>The two secrets that live outside the database: the master key and the admin token.</summary>
internal sealed class InstallationSecrets
{
    public const string MasterKeyFile = "master.key";
    public const string AdminTokenFile = "admin.token";

    public string? AdminToken { get; private set; }

    /// <summary>Where the admin token was written; null when it came from the settings.</summary>
    public string? AdminTokenPath { get; private set; }

    /// <summary>Reads the master key from the settings or its file; makes one only for an empty store.</summary>
    /// <exception cref="InvalidOperationException">It is missing or not 32 bytes of base64.</exception>
    public static MasterKey MasterKeyOf(LatchkeyOptions options, bool storeIsEmpty)
    {
        var path = Path.Combine(options.DataDirectory, MasterKeyFile);
        if (options.MasterKey is { Length: > 0 } given)
        {
            return Parse(given, "Latchkey:MasterKey");
        }

        if (File.Exists(path))
        {
            return Parse(File.ReadAllText(path).Trim(), path);
        }

        if (!storeIsEmpty)
        {
            throw new InvalidOperationException(
                $"The database is there, but its master key is not: put it back at {path} or into Latchkey:MasterKey. A new one cannot open what is stored.");
        }

        var made = MasterKey.Create();
        WriteSecret(path, made.ToBase64());
        return made;
    }

    public void ReadAdminToken(LatchkeyOptions options)
    {
        if (options.AdminToken is { Length: > 0 } given)
        {
            AdminToken = given;
            return;
        }

        var path = Path.Combine(options.DataDirectory, AdminTokenFile);
        if (!File.Exists(path))
        {
            WriteSecret(path, Ids.Token("lka_"));
        }

        AdminToken = File.ReadAllText(path).Trim();
        AdminTokenPath = path;
    }

    private static MasterKey Parse(string text, string where)
    {
        var bytes = new byte[MasterKey.Bytes + 1];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == MasterKey.Bytes
            ? new MasterKey(bytes.AsSpan(0, length))
            : throw new InvalidOperationException($"{where} must hold 32 bytes in base64, as 'openssl rand -base64 32' prints them.");
    }

    /// <summary>For the owner's eyes only, and whole or not at all.</summary>
    private static void WriteSecret(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = path + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        using (var writer = new StreamWriter(new FileStream(draft, options)))
        {
            writer.Write(text);
        }

        File.Move(draft, path);
    }
}
