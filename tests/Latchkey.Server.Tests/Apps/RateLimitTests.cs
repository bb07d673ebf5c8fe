using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class RateLimitTests
{
    private const string Unknown = "ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90";

    [Fact]
    public async Task Too_many_activations_are_told_when_to_come_back()
    {
        await using var server = await StartAsync("Activate", 4);
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        for (var i = 0; i < 4; i++)
        {
            await shop.ActivatedAsync(sold, "laptop");
        }

        MustBeLimited(await shop.ActivateAsync(sold.Key, "laptop"));
        Assert.Equal(200, (await shop.ValidateAsync(sold.Key)).Status);
    }

    [Fact]
    public async Task Unknown_keys_cost_the_address_double()
    {
        await using var server = await StartAsync("Activate", 4);
        var shop = await Shop.OpenAsync(server);
        (await shop.ActivateAsync(Unknown, "laptop")).MustRefuse(404, "key_not_found");
        (await shop.ActivateAsync(Unknown, "laptop")).MustRefuse(404, "key_not_found");
        MustBeLimited(await shop.ActivateAsync((await shop.SellAsync()).Key, "laptop"));
    }

    [Fact]
    public async Task The_hour_has_a_limit_of_its_own()
    {
        await using var server = await StartAsync("ActivateHourly", 2);
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        await shop.ActivatedAsync(sold, "laptop");
        await shop.ActivatedAsync(sold, "laptop");
        MustBeLimited(await shop.ActivateAsync(sold.Key, "laptop"));
    }

    [Fact]
    public async Task Validating_and_deactivating_have_limits_of_their_own()
    {
        await using var server = await StartAsync("Validate", 2, "--Latchkey:Limits:Deactivate", "2");
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        for (var i = 0; i < 2; i++)
        {
            (await shop.ValidateAsync(sold.Key)).Must(200);
            (await shop.DeactivateAsync(sold.Key, id)).Must(200);
        }

        MustBeLimited(await shop.ValidateAsync(sold.Key));
        MustBeLimited(await shop.DeactivateAsync(sold.Key, id));
        (await shop.ActivateAsync(sold.Key, "laptop")).Must(200);
    }

    [Fact]
    public async Task The_defaults_are_ten_sixty_and_ten_a_minute()
    {
        var limits = new LatchkeyOptions().Limits;
        Assert.Equal((10, 60, 60, 10), (limits.Activate, limits.ActivateHourly, limits.Validate, limits.Deactivate));
        await using var server = await StartAsync("Activate", 10);
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        var replies = new List<Reply>();
        for (var i = 0; i < 11; i++)
        {
            replies.Add(await shop.ActivateAsync(sold.Key, "laptop"));
        }

        Assert.Equal(10, replies.Count(r => r.Status is 200 or 201));
        MustBeLimited(replies[^1]);
    }

    private static void MustBeLimited(Reply reply)
    {
        var problem = reply.MustRefuse(429, "rate_limited");
        Assert.InRange((int)problem["retry_after"]!, 1, 3600);
        Assert.Equal((int)problem["retry_after"]!, (int)reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    private static Task<RunningServer> StartAsync(string limit, int value, params string[] more) => RunningServer.StartAsync(new ServerSetup
    {
        Settings = [$"--Latchkey:Limits:{limit}", value.ToString(System.Globalization.CultureInfo.InvariantCulture), .. more],
    });
}
