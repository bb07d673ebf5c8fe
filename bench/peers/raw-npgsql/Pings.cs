using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace Latchkey.Bench.RawNpgsql;

/// <summary>What was stored, now or by the first of these repeats.</summary>
internal readonly record struct Stored(Guid Id, int Repeats);

/// <summary>Keeps pings. They are durable once a call returns.</summary>
internal sealed class Pings(NpgsqlDataSource database)
{
    private static readonly string Store = Statement("ping.sql");
    private static readonly string StoreAndHandle = Statement("handled.sql");

    public async Task<Stored> StoreAsync(Request request, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Store);
        AddPing(command.Parameters, request);
        return await RunAsync(command, ct);
    }

    public async Task<Stored> StoreAndHandleAsync(Request request, CancellationToken ct)
    {
        var form = new FormCollection(new FormReader(Encoding.UTF8.GetString(request.Body)).ReadForm());
        await using var command = database.CreateCommand(StoreAndHandle);
        AddPing(command.Parameters, request);
        Add(command.Parameters, form["sale_id"].ToString());
        Add(command.Parameters, form["product_permalink"].ToString());
        Add(command.Parameters, form["email"].ToString());
        Add(command.Parameters, long.Parse(form["price"].ToString(), CultureInfo.InvariantCulture));
        Add(command.Parameters, form["refunded"] == "true");
        Add(command.Parameters, form["variants[Version]"].ToString());
        Add(command.Parameters, form["license_key"].ToString());
        return await RunAsync(command, ct);
    }

    private static async Task<Stored> RunAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetGuid(0), reader.GetInt32(1));
    }

    private static void AddPing(NpgsqlParameterCollection parameters, Request request)
    {
        var now = TimeProvider.System.GetUtcNow();
        Add(parameters, Guid.CreateVersion7(now));
        Add(parameters, request.Tenant);
        Add(parameters, now.UtcDateTime);
        Add(parameters, SHA256.HashData(request.Body));
        Add(parameters, request.Body);
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, T value) =>
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static string Statement(string name)
    {
        using var reader = new StreamReader(typeof(Pings).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
