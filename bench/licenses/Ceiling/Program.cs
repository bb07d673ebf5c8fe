using System.Globalization;
using System.Security.Cryptography;
using Latchkey.Bench.StoreCeiling;
using Latchkey.Contracts.Leases;

// Ceiling sqlite FILE CONNECTIONS SECONDS                    prints "commit", "read" and, for SQLite, "shared":
// Ceiling postgres CONNECTION_STRING CONNECTIONS SECONDS     NAME PER_SECOND P50_US P99_US
// Ceiling sign CONNECTIONS SECONDS                           prints "sign"
// commit: one row, one transaction, durable. shared: as many rows as there are writers, in one transaction. read: one row by its key.
static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

switch (args)
{
    case ["sqlite", var file, var connections, var seconds]:
        await SqliteCeiling.RunAsync(file, Number(connections), Number(seconds));
        return 0;
    case ["postgres", var connection, var connections, var seconds]:
        await PostgresCeiling.RunAsync(connection, Number(connections), Number(seconds));
        return 0;
    case ["sign", var connections, var seconds]:
        var signer = new Ed25519Signer("bench", RandomNumberGenerator.GetBytes(32));
        var claims = RandomNumberGenerator.GetBytes(500); // about what a lease says
        await Pace.MeasureAsync("sign", Number(connections), Number(seconds), _ => () =>
        {
            signer.Sign(claims);
            return Task.CompletedTask;
        });
        return 0;
    default:
        Console.Error.WriteLine("See Program.cs.");
        return 2;
}
