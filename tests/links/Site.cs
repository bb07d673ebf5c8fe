using System.Diagnostics;
using Latchkey.Nodes;

namespace Latchkey.Links;

/// <summary>Two nodes of the app over one PostgreSQL, and a Gumroad beside them.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>What a dead node has claimed of the outbox is its own for half a minute, and a call it was at for some seconds; the pause after a failure comes on top.</summary>
    private static readonly TimeSpan ToldWithin = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan FoldedWithin = TimeSpan.FromSeconds(30);

    private readonly Gumroad _gumroad;
    private readonly Web _web;

    private Site(House house, Gumroad gumroad)
    {
        (House, _gumroad) = (house, gumroad);
        _web = new Web(house.Ports);
        Shop = new LinkShop(_web, gumroad, house.Node(0).Shop.AdminToken, house.PingPath);
    }

    public House House { get; }

    public LinkShop Shop { get; }

    /// <param name="waitForReturn">How long the handler is left to the buyer.</param>
    /// <param name="claimFor">After how long a call that was cut off is made again.</param>
    public static async Task<Site> OpenAsync(string directory, Random dice, TimeSpan waitForReturn, TimeSpan claimFor)
    {
        House.SetSecrets();
        Environment.SetEnvironmentVariable("Latchkey__PurchaseLinks__WaitForReturn", waitForReturn.ToString());
        Environment.SetEnvironmentVariable("Latchkey__PurchaseLinks__ClaimFor", claimFor.ToString());
        var gumroad = await Gumroad.OpenAsync();
        House? house = null;
        try
        {
            gumroad.SetAddresses();
            house = await House.BuildAsync(typeof(Site).Assembly.Location, directory, dice);
            await house.Database.AllAsync(CallBook.Table);
            await house.StartNodeAsync(0);
            await house.StartNodeAsync(1);
            var site = new Site(house, gumroad);
            await site.Shop.OpenAsync();
            return site;
        }
        catch
        {
            await CloseAsync(house, gumroad);
            throw;
        }
    }

    /// <summary>Waits until nothing is left to be folded.</summary>
    public async Task FoldedAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (await House.Database.CountAsync("select count(*) from inbox where due_at is not null") is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(started) > FoldedWithin)
            {
                throw new TimeoutException($"{left} entries were not folded in {FoldedWithin.TotalSeconds} s.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Waits until the app was told of every redemption, whether or not a buyer came back.</summary>
    public async Task ToldAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (await House.Database.CountAsync("""
            select count(*) from outbox where kind = 'purchase_link.redeemed' and (position is null or position > coalesce(
                (select max(position) from outbox_cursors where consumer like 'handler:%:purchase-return'), 0))
            """) is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(started) > ToldWithin)
            {
                throw new TimeoutException($"The app was not told of {left} redemptions in {ToldWithin.TotalMinutes} minutes.");
            }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await CloseAsync(House, _gumroad);
    }

    private static async Task CloseAsync(House? house, Gumroad gumroad)
    {
        if (house is not null)
        {
            await house.DisposeAsync();
        }

        await gumroad.DisposeAsync();
    }
}
