using Microsoft.EntityFrameworkCore;

namespace Latchkey.Bench.EfCore;

internal sealed class PingContext(DbContextOptions<PingContext> options) : DbContext(options)
{
    public DbSet<Ping> Pings => Set<Ping>();

    public DbSet<Sale> Sales => Set<Sale>();

    public DbSet<Message> Outbox => Set<Message>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Sale>()
        .HasOne(sale => sale.Entitlement).WithOne().HasForeignKey<Entitlement>(entitlement => new { entitlement.Tenant, entitlement.SaleId });
}
