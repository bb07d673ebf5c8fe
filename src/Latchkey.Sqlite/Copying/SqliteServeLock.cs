namespace Latchkey.Sqlite.Copying;

/// <summary>Keeps every server away from a database.</summary>
internal static class SqliteServeLock
{
    /// <returns>Null while a server works on it. Dispose to let servers start again.</returns>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return SqliteDatabase.TakeLock(path);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
