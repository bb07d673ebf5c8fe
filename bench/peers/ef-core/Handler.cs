using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Latchkey.Bench.EfCore;

internal sealed record Reply(bool Received, bool Duplicate, Guid Id);

/// <summary>Keeps pings. They are durable once a call returns.</summary>
internal static class Handler
{
    private static readonly Func<PingContext, string, string, CancellationToken, Task<Sale?>> FindSale = EF.CompileAsyncQuery(
        (PingContext db, string tenant, string id, CancellationToken ct) =>
            db.Sales.Include(sale => sale.Entitlement).FirstOrDefault(sale => sale.Tenant == tenant && sale.Id == id));

    public static async Task<Reply> StoreAsync(string tenant, HttpRequest request, PingContext db, CancellationToken ct)
    {
        var ping = await ReadAsync(tenant, request, ct);
        db.Pings.Add(ping);
        return await SaveAsync(db, ping, ct) switch
        {
            Saved.AsRepeat => await RepeatAsync(db, ping, ct),
            _ => new(true, false, ping.Id),
        };
    }

    public static async Task<Reply> StoreAndHandleAsync(string tenant, HttpRequest request, PingContext db, CancellationToken ct)
    {
        var ping = await ReadAsync(tenant, request, ct);
        while (true)
        {
            db.Pings.Add(ping);
            await HandleAsync(db, ping, ct);
            switch (await SaveAsync(db, ping, ct)) // all of it in one transaction
            {
                case Saved.AsNew: return new(true, false, ping.Id);
                case Saved.AsRepeat: return await RepeatAsync(db, ping, ct);
                case Saved.NotYet: continue;
            }
        }
    }

    private static async Task HandleAsync(PingContext db, Ping ping, CancellationToken ct)
    {
        var form = new FormCollection(new FormReader(Encoding.UTF8.GetString(ping.Body)).ReadForm());
        var id = form["sale_id"].ToString();
        var product = form["product_permalink"].ToString();
        var email = form["email"].ToString();
        var price = long.Parse(form["price"].ToString(), CultureInfo.InvariantCulture);
        var refunded = form["refunded"] == "true";
        var tier = form["variants[Version]"].ToString();
        var key = form["license_key"].ToString();
        if (await FindSale(db, ping.Tenant, id, ct) is { } sale)
        {
            (sale.Product, sale.Email, sale.PriceCents, sale.Refunded, sale.UpdatedAt) = (product, email, price, refunded, ping.ReceivedAt);
            (sale.Entitlement.Tier, sale.Entitlement.LicenseKey, sale.Entitlement.Active) = (tier, key, !refunded);
        }
        else
        {
            db.Sales.Add(new()
            {
                Tenant = ping.Tenant,
                Id = id,
                Product = product,
                Email = email,
                PriceCents = price,
                Refunded = refunded,
                UpdatedAt = ping.ReceivedAt,
                Entitlement = new() { Tenant = ping.Tenant, SaleId = id, Tier = tier, LicenseKey = key, Active = !refunded },
            });
        }

        db.Outbox.Add(new() { Tenant = ping.Tenant, SaleId = id, Kind = "sale.handled", CreatedAt = ping.ReceivedAt });
    }

    private static async Task<Ping> ReadAsync(string tenant, HttpRequest request, CancellationToken ct)
    {
        var body = new byte[(int)(request.ContentLength ?? 0)];
        await request.Body.ReadExactlyAsync(body, ct);
        var now = TimeProvider.System.GetUtcNow();
        return new() { Id = Guid.CreateVersion7(now), Tenant = tenant, ReceivedAt = now, BodyKey = SHA256.HashData(body), Body = body };
    }

    private static async Task<Saved> SaveAsync(PingContext db, Ping ping, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return Saved.AsNew;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation)
        {
            // Otherwise two pings of one sale met at its row: the second sees it now.
            db.ChangeTracker.Clear();
            return violation.ConstraintName == "pings_body_key" ? Saved.AsRepeat : Saved.NotYet;
        }
    }

    private static async Task<Reply> RepeatAsync(PingContext db, Ping ping, CancellationToken ct)
    {
        var first = db.Pings.Where(other => other.Tenant == ping.Tenant && other.BodyKey == ping.BodyKey);
        await first.ExecuteUpdateAsync(set => set.SetProperty(other => other.Repeats, other => other.Repeats + 1), ct);
        return new(true, true, await first.Select(other => other.Id).SingleAsync(ct));
    }

    private enum Saved
    {
        AsNew,
        AsRepeat,
        NotYet,
    }
}
