using Latchkey.Postgres;
using Latchkey.Sqlite;

namespace Latchkey.Server.Hosting;

/// <summary>The store that the settings name.</summary>
internal static class StoreChoice
{
    /// <exception cref="InvalidOperationException">There is no such store, or it lacks its connection string.</exception>
    public static LatchkeyBuilder UseChosenStore(this LatchkeyBuilder builder, IConfiguration configuration)
    {
        var store = configuration[$"{LatchkeyOptions.Section}:{nameof(LatchkeyOptions.Store)}"] ?? "sqlite";
        return store switch
        {
            "sqlite" => builder.UseSqlite(),
            "postgres" when configuration.GetConnectionString("Latchkey") is { Length: > 0 } set => builder.UsePostgres(set),
            "postgres" => throw new InvalidOperationException(
                "Latchkey:Store is postgres, so set ConnectionStrings:Latchkey to its connection string, for example Host=db.example.com;Database=latchkey;Username=latchkey."),
            _ => throw new InvalidOperationException($"Latchkey:Store is '{store}'; use sqlite or postgres."),
        };
    }
}
