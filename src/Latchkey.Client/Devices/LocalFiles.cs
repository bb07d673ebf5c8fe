namespace Latchkey.Client;

internal static class LocalFiles
{
    /// <summary>A file of ours in the user's local application data.</summary>
    public static string PathOf(string name) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "latchkey", name);
}
