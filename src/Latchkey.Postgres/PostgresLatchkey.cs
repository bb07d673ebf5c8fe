using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Postgres;

/// <summary>Chooses the store for many nodes.</summary>
public static class PostgresLatchkey
{
    /// <summary>
    /// Keeps everything in one PostgreSQL database, version 15 or newer. Any number of equal nodes may share it; they find each other's
    /// work through it. Its tables are made and brought up to date when a node starts.
    /// </summary>
    /// <param name="builder">Where the store is chosen.</param>
    /// <param name="connectionString">As Npgsql reads it. Its user must own the database, or be allowed to create in its schema.</param>
    /// <exception cref="ArgumentException">The connection string is empty.</exception>
    public static LatchkeyBuilder UsePostgres(this LatchkeyBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        builder.Services.AddPostgresStore(provider => new PostgresStoreOptions(
            connectionString, provider.GetRequiredService<IOptions<LatchkeyOptions>>().Value.Measure.ReceiveBatch));
        builder.Services.AddHostedService<PostgresListener>();
        return builder;
    }
}
