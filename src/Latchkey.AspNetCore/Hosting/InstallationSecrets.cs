using System.Security.Cryptography;
using System.Text;
using Latchkey.Keys;

namespace Latchkey.AspNetCore.Hosting;

/// <summary>The two secrets that live outside the database: the master key and the admin token.</summary>
internal sealed class InstallationSecrets
{
    public const string MasterKeyFile = "master.key";
    public const string AdminTokenFile = "admin.token";
    private const string TokenPrefix = "lka_";
    private const int ShortestToken = 20;

    public string? AdminToken { get; private set; }

    /// <summary>Where the admin token was written; null when it came from the settings.</summary>
    public string? AdminTokenPath { get; private set; }

    /// <summary>Reads the master key from the settings or its file; makes one only for an empty store.</summary>
    /// <returns>The master key, and the file that was made for it; null when it was there before.</returns>
    /// <exception cref="InvalidOperationException">It is missing or not 32 bytes of base64.</exception>
    public static (MasterKey Key, string? Made) MasterKeyOf(LatchkeyOptions options, bool storeIsEmpty)
    {
        var path = Path.Combine(options.DataDirectory, MasterKeyFile);
        if (options.MasterKey is { Length: > 0 } given)
        {
            return (Parse(given, "Latchkey:MasterKey"), null);
        }

        if (!storeIsEmpty && !File.Exists(path))
        {
            throw new InvalidOperationException(
                $"The database is there, but its master key is not: put it back at {path} or into Latchkey:MasterKey, from a node that has it or from its copy. "
                + "A new one cannot open what is stored.");
        }

        var made = WritesSecret(path, () => MasterKey.Create().ToBase64());
        return (Parse(File.ReadAllText(path).Trim(), path), made ? path : null);
    }

    /// <param name="options">The settings.</param>
    /// <param name="common">The master key when other nodes have it too: a token made from it is the same on all of them. Null makes one at random.</param>
    /// <exception cref="InvalidOperationException">The token is too short.</exception>
    public void ReadAdminToken(LatchkeyOptions options, MasterKey? common)
    {
        if (options.AdminToken is { Length: > 0 } given)
        {
            AdminToken = LongEnough(given, "Latchkey:AdminToken");
            return;
        }

        var path = Path.Combine(options.DataDirectory, AdminTokenFile);
        WritesSecret(path, () => common is null ? Ids.Token(TokenPrefix) : Ids.Token(TokenPrefix, common.Derive("admin token", Ids.TokenBytes)));
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
    /// <returns>False when the file was there already, or another process was faster: then its content stands.</returns>
    private static bool WritesSecret(string path, Func<string> make)
    {
        if (File.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = path + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.UTF8.GetBytes(make()));
            file.Flush(flushToDisk: true); // what the database will rest on must not be lost with the power
        }

        try
        {
            File.Move(draft, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
    }
}
