using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite;

/// <summary>The open database: its lock, its writer and its readers. One process at a time.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const string LockFile = "latchkey.lock";
    private const string SharedPragmas = "pragma foreign_keys = on; pragma busy_timeout = 5000; pragma temp_store = memory;";
    private const string WriterPragmas = SharedPragmas
        + "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -131072; pragma wal_autocheckpoint = 0;";
    private const string ReaderPragmas = SharedPragmas + "pragma query_only = on; pragma cache_size = -4096;";

    private readonly FileStream _lock;

    private SqliteDatabase(FileStream @lock, SqliteWriter writer, SqliteReaders readers)
    {
        _lock = @lock;
        Writer = writer;
        Readers = readers;
    }

    public SqliteWriter Writer { get; }

    public SqliteReaders Readers { get; }

    /// <summary>Opens the database, makes it where it is missing, and brings its tables up to date.</summary>
    /// <exception cref="InvalidOperationException">Another process has it open, or it was written by a newer version.</exception>
    public static SqliteDatabase Open(SqliteStoreOptions options, TimeProvider time)
    {
        var path = Path.GetFullPath(options.Path);
        MakeFolder(Path.GetDirectoryName(path)!);
        var @lock = TakeLock(path);
        try
        {
            MakeFile(path);
            var session = Connect(path, WriterPragmas);
            try
            {
                SqliteMigrations.Apply(session, time);
                return new(@lock, new SqliteWriter(session, Connect(path, SharedPragmas), options), new SqliteReaders(() => Connect(path, ReaderPragmas), options.Readers));
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Readers.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }

    private static SqliteSession Connect(string path, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        return new SqliteSession(connection);
    }

    /// <exception cref="InvalidOperationException">Another process has the database open.</exception>
    internal static FileStream TakeLock(string path)
    {
        var file = Path.Combine(Path.GetDirectoryName(path)!, LockFile);
        try
        {
            return new FileStream(file, OwnerOnly(FileMode.OpenOrCreate));
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"{file} is held by another process: one database is served by one process. Stop the other one, or give this one a database of its own.", e);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>SQLite gives its log files the mode of the database.</summary>
    private static void MakeFile(string path)
    {
        if (!File.Exists(path))
        {
            new FileStream(path, OwnerOnly(FileMode.CreateNew)).Dispose();
        }
    }

    private static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
