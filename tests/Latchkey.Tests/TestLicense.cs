using Latchkey.Licenses;
using Latchkey.Products;
using Latchkey.Rights;

namespace Latchkey.Tests;

internal static class TestLicense
{
    public static License Of(
        int? limit = 3, DateTimeOffset? endsAt = null, DateTimeOffset? paidUntil = null, string[]? holds = null, double leaseDays = 7, double graceDays = 7,
        bool isTest = false, DateTimeOffset? startsAt = null) => new(
            "acme", "lic_1", "pur_1", Ping.SaleId, "studio", "pro", 0, 0, "ACME", KeySource.Own, "ACME-*****", LicenseState.Active,
            new Terms(holds ?? [], startsAt ?? Acme.Start, endsAt, IsSubscription: false), "pro", 20, ["export", "sync"], limit, leaseDays, graceDays,
            paidUntil, isTest, "email:mara.ito@example.org", "mara.ito@example.org", Issued: true, Acme.Start);

    public static Activation Activation(string id = "act_1", string device = "dev", DateTimeOffset? releasedAt = null, long seq = 1) =>
        new("acme", "lic_1", id, device, "Studio Mac", "macos", "1.0", Acme.Start, Acme.Start, releasedAt, seq);
}
