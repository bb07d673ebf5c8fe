using Latchkey.AspNetCore;
using Latchkey.Handlers;
using Latchkey.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.Handlers;

/// <summary>Handlers in the host, over the real program.</summary>
public sealed class HandlerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
    private readonly Records _records = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Handlers_are_told_what_happened_and_to_whom()
    {
        await using var server = await StartAsync();
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        await shop.RefundAsync(sold);

        var issued = (LicenseEvent)await OneAsync("Thanks", 0);
        Assert.Equal(
            ("license.issued", shop.Id, sold.License, Shop.Product, "pro", "pro", sold.Sale.Email, "email:" + sold.Sale.Email),
            (issued.Kind, issued.Tenant, issued.License, issued.Product, issued.KeyType, issued.Tier, issued.Email, issued.Subject));
        var revoked = (LicenseEvent)await OneAsync("Chat", 1);
        Assert.Equal(("license.revoked", "refunded"), (revoked.Kind, revoked.Reason));
        var change = (EntitlementsChanged)await OneAsync("Accounts", 1);
        Assert.Equal((Shop.Product, (string?)null, "revoked"), (change.Products[0].Product, change.Products[0].Tier, change.Products[0].State));
        Assert.DoesNotContain("@", $"{issued} {revoked} {change}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_is_handed_the_same_again_and_holds_nobody_up()
    {
        using var ear = new Eavesdropper();
        _records.Refuses = (handler, happened) => handler == "Chat" && ((LicenseEvent)happened).License == First();
        await using var server = await StartAsync(ear);
        var shop = await Shop.OpenAsync(server);
        var one = await shop.SellAsync();
        var two = await shop.SellAsync();

        // The other handler, and the failing one for another subject, have gone on.
        await HoldsAsync(() => Licenses("Thanks").Contains(two.License) && Licenses("Chat").Contains(two.License));
        server.Advance(TimeSpan.FromSeconds(1));
        await HoldsAsync(() => Licenses("Chat").Count(l => l == one.License) >= 2);
        _records.Refuses = (_, _) => false;
        server.Advance(TimeSpan.FromMinutes(10));
        await HoldsAsync(() => _records.Of("Chat").Count(e => ((LicenseEvent)e).License == one.License) >= 3);
        Assert.Single(_records.Of("Chat").Where(e => ((LicenseEvent)e).License == one.License).Select(e => e.IdempotencyKey).Distinct());
        Assert.Equal(2, _records.Of("Chat").Select(e => e.IdempotencyKey).Distinct().Count());
        Assert.DoesNotContain(ear.Texts, t => t.Contains("mara@example.org", StringComparison.Ordinal));

        string? First() => _records.Of("Chat").Cast<LicenseEvent>().FirstOrDefault()?.License;
    }

    [Fact]
    public async Task What_was_handled_is_not_handed_over_after_a_restart_and_what_failed_is()
    {
        string license;
        _records.Refuses = (handler, _) => handler == "Chat";
        await using (var server = await StartAsync())
        {
            var shop = await Shop.OpenAsync(server);
            license = (await shop.SellAsync()).License;
            await HoldsAsync(() => Licenses("Thanks").Count == 1 && Licenses("Chat").Count > 0 && _records.Of("Accounts").Count == 1);
        }

        var key = _records.Of("Chat")[0].IdempotencyKey;
        var before = Licenses("Chat").Count;
        _records.Refuses = (_, _) => false;
        await using (await StartAsync())
        {
            await HoldsAsync(() => Licenses("Chat").Count > before);
        }

        Assert.All(_records.Of("Chat"), e => Assert.Equal((key, license), (e.IdempotencyKey, ((LicenseEvent)e).License)));
        Assert.Equal((1, 1), (Licenses("Thanks").Count, _records.Of("Accounts").Count));
    }

    [Fact]
    public async Task A_handler_added_later_begins_with_what_happens_then()
    {
        Shop shop;
        await using (var server = await StartAsync(services: builder => builder.OnLicenseIssued<Thanks>()))
        {
            shop = await Shop.OpenAsync(server);
            await shop.SellAsync();
            await HoldsAsync(() => Licenses("Thanks").Count == 1);
        }

        await using var later = await StartAsync(services: builder => builder.OnLicenseIssued<Thanks>().OnLicenseIssued<Chat>());
        var other = await Shop.OpenAsync(later);
        var sold = await other.SellAsync();
        await HoldsAsync(() => Licenses("Thanks").Count == 2);
        Assert.Equal(sold.License, ((LicenseEvent)await OneAsync("Chat", 0)).License);
    }

    private IReadOnlyList<string> Licenses(string handler) => [.. _records.Of(handler).Cast<LicenseEvent>().Select(e => e.License)];

    private async Task<LatchkeyEvent> OneAsync(string handler, int at)
    {
        await HoldsAsync(() => _records.Of(handler).Count > at);
        return _records.Of(handler)[at];
    }

    private static Task HoldsAsync(Func<bool> look) => Eventually.HoldsAsync(look, "the handlers were not told");

    private Task<RunningServer> StartAsync(ILoggerProvider? logs = null, Action<LatchkeyBuilder>? services = null) => RunningServer.StartAsync(new ServerSetup
    {
        Directory = _directory,
        Adapt = builder =>
        {
            builder.Services.AddSingleton(_records);
            if (logs is not null)
            {
                builder.Logging.AddProvider(logs);
            }

            (services ?? (all => all.OnEntitlementsChanged<Accounts>().OnLicenseIssued<Thanks>().OnLicenseIssued<Chat>().OnLicenseRevoked<Chat>().OnPurchaseHeld<Desk>()))(builder.Services.AddLatchkey());
        },
    });
}
