using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Bench.EfCore;

[Table("pings")]
internal sealed class Ping
{
    [Column("id")]
    public required Guid Id { get; init; }

    [Column("tenant")]
    public required string Tenant { get; init; }

    [Column("received_at")]
    public required DateTimeOffset ReceivedAt { get; init; }

    [Column("repeats")]
    public int Repeats { get; init; }

    [Column("body_key")]
    public required byte[] BodyKey { get; init; }

    [Column("body")]
    public required byte[] Body { get; init; }
}

[Table("sales"), PrimaryKey(nameof(Tenant), nameof(Id))]
internal sealed class Sale
{
    [Column("tenant")]
    public required string Tenant { get; init; }

    [Column("id")]
    public required string Id { get; init; }

    [Column("product")]
    public required string Product { get; set; }

    [Column("email")]
    public required string Email { get; set; }

    [Column("price_cents")]
    public required long PriceCents { get; set; }

    [Column("refunded")]
    public required bool Refunded { get; set; }

    [Column("updated_at")]
    public required DateTimeOffset UpdatedAt { get; set; }

    public required Entitlement Entitlement { get; init; }
}

[Table("entitlements"), PrimaryKey(nameof(Tenant), nameof(SaleId))]
internal sealed class Entitlement
{
    [Column("tenant")]
    public required string Tenant { get; init; }

    [Column("sale")]
    public required string SaleId { get; init; }

    [Column("tier")]
    public required string Tier { get; set; }

    [Column("license_key")]
    public required string LicenseKey { get; set; }

    [Column("active")]
    public required bool Active { get; set; }
}

[Table("outbox"), PrimaryKey(nameof(Position))]
internal sealed class Message
{
    [Column("position")]
    public long Position { get; init; }

    [Column("tenant")]
    public required string Tenant { get; init; }

    [Column("sale")]
    public required string SaleId { get; init; }

    [Column("kind")]
    public required string Kind { get; init; }

    [Column("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }
}
