using System.Security.Cryptography;
using System.Text;
using Latchkey.Keys;

namespace Latchkey.AspNetCore.Hosting;

/// <summary>The two secrets that live outside the database: the master key and the admin token.</summary>
internal sealed class InstallationSecrets
{
    public const string MasterKeyFile = "master.key";
    public const string AdminTokenFile = "admin.token";
    private const int ShortestToken = 20;

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
            AdminToken = LongEnough(given, "Latchkey:AdminToken");
            return;
        }

        var path = Path.Combine(options.DataDirectory, AdminTokenFile);
        if (!File.Exists(path))
        {
            WriteSecret(path, Ids.Token("lka_"));
        }

        AdminToken = LongEnough(File.ReadAllText(path).Trim(), path);
        AdminTokenPath = path;
    }

    /// <summary>An empty token would open the installation to everybody.</summary>
    private static string LongEnough(string token, string where) => token.Length >= ShortestToken
        ? token
        : throw new InvalidOperationException(
            $"{where} holds a token of {token.Length} characters; use at least {ShortestToken}, or delete it to have one made.");

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
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true); // what the database will rest on must not be lost with the power
        }

        File.Move(draft, path);
    }
}
