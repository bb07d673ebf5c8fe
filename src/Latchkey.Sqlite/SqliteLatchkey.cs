using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Sqlite;

/// <summary>Chooses the embedded store.</summary>
public static class SqliteLatchkey
{
    /// <summary>
    /// Keeps everything in one SQLite file: <c>ConnectionStrings:Latchkey</c> when it is set (a file's path),
    /// else <c>latchkey.db</c> in the data directory.
    /// </summary>
    public static LatchkeyBuilder UseSqlite(this LatchkeyBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSqliteStore(provider =>
        {
            var options = provider.GetRequiredService<IOptions<LatchkeyOptions>>().Value;
            var path = provider.GetService<IConfiguration>()?.GetConnectionString("Latchkey") is { Length: > 0 } set
                ? set
                : Path.Combine(options.DataDirectory, "latchkey.db");
            return new SqliteStoreOptions(path, options.Measure.ReceiveBatch);
        });
        return builder;
    }
}
