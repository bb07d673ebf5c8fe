using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Latchkey.Client;
using Latchkey.Simulator;

namespace Latchkey.Server.Demo;

/// <summary>The whole main path, told step by step. Each step says what it saw and fails if it saw something else.</summary>
internal sealed partial class Story(DemoHouse house, TextWriter to)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private int _step;

    /// <returns>Whether all of it held.</returns>
    public static async Task<bool> TellAsync(DemoHouse house, TextWriter to, CancellationToken ct)
    {
        try
        {
            await new Story(house, to).TellAsync(ct);
            to.WriteLine("\nAll of it held.");
            return true;
        }
        catch (StoryException e)
        {
            to.WriteLine($"   ✗ {e.Message}\n\nThe story did not hold.");
            return false;
        }
    }

    private async Task TellAsync(CancellationToken ct)
    {
        Step("Mara buys Inkwell for $29.00 at the simulated Gumroad");
        var sale = await house.Gumroad.BuyAsync(new BuyOrder { Permalink = "inkwell", Email = "mara.ito@example.org", FullName = "Mara Ito" }, ct);
        await house.Gumroad.WhenQuietAsync(ct);
        Saw(house.Gumroad.Attempts.Count > 0 && house.Gumroad.Attempts.All(a => a.Delivered), $"{house.Gumroad.Attempts.Count} ping, answered {house.Gumroad.Attempts[0].Status}: stored before anything else");

        Step("Her key comes by mail");
        await UntilAsync(() => Task.FromResult(house.Mails.Mails.Count > 0), "no mail came", ct);
        var mail = house.Mails.Mails[0];
        var key = KeyPattern().Match(mail.Text).Value;
        Saw(mail.To == "mara.ito@example.org" && key.Length > 0, $"\"{mail.Subject}\", key INK-…{key[^5..]}");

        Step("She activates her laptop");
        using var devices = new StoryDevices(house);
        var laptop = await devices.AddAsync("Mara's laptop", ct);
        Saw(await laptop.ActivateAsync(key, ct) is ActivationOutcome.Activated { State: { Status: LicenseStatus.Fresh, Tier: "pro" } } && laptop.Has("export"), "activated: tier pro, may export");
        Saw(await UsedAsync(ct) == 1, "1 of 3 devices used");

        Step("The network is unplugged, and the app starts again");
        using (var offline = devices.Reopen("Mara's laptop", online: false))
        {
            Saw(offline.State.Status == LicenseStatus.Fresh && offline.Has("export") && !offline.Has("teleport"), "the signed lease is verified without a network: may export");
        }

        Step("The same laptop activates again");
        Saw(await laptop.ActivateAsync(key, ct) is ActivationOutcome.Activated && await UsedAsync(ct) == 1, "still 1 of 3 devices used");

        Step("Two more devices, then one too many");
        Saw(await (await devices.AddAsync("Mara's desktop", ct)).ActivateAsync(key, ct) is ActivationOutcome.Activated, "the desktop is in");
        Saw(await (await devices.AddAsync("Mara's tablet", ct)).ActivateAsync(key, ct) is ActivationOutcome.Activated, "the tablet is in");
        var refusal = await (await devices.AddAsync("Mara's phone", ct)).ActivateAsync(key, ct) as ActivationOutcome.Refused;
        Saw(
            refusal is { Code: "activation_limit_reached", Limit: 3, Devices.Count: 3 },
            $"the phone is refused and told why: {refusal?.Limit} devices in use: {string.Join(", ", refusal?.Devices.Select(d => d.Name) ?? [])}");
        Saw(await UsedAsync(ct) == 3, "3 of 3 devices used");

        Step("Mara is refunded");
        await house.Gumroad.RefundAsync(sale.SaleId, ct);
        await house.Gumroad.WhenQuietAsync(ct);
        await UntilAsync(async () => (await LicensesAsync(ct))[0]!["state"]!.ToString() == "revoked", "the license was not revoked", ct);
        await laptop.RefreshAsync(ct);
        Saw(laptop.State is { Status: LicenseStatus.Refused, Reason: "refunded" } && !laptop.Has("export"), "the next lease is a signed refusal: refunded");
        using (var offline = devices.Reopen("Mara's laptop", online: false))
        {
            Saw(offline.State is { Status: LicenseStatus.Refused, Reason: "refunded" }, "and it stays refused with the network unplugged");
        }

        Step("Every ping comes again, three times, shuffled");
        var before = await PictureAsync(ct);
        for (var seed = 1; seed <= 3; seed++)
        {
            await house.Gumroad.RepeatAllAsync(seed, ct);
        }

        await house.Gumroad.WhenQuietAsync(ct);
        await UntilAsync(async () => (await house.Seller.GetAsync("pings?status=received", ct))["data"]!.AsArray().Count == 0, "pings are still waiting", ct);
        var after = await PictureAsync(ct);
        Saw(house.Gumroad.Attempts.All(a => a.Delivered), "all of them answered 200");
        Saw(before == after && house.Mails.Mails.Count == 1, "nothing changed: one purchase, one license, still refunded, one mail");
    }

    /// <summary>Everything that could have changed, as text.</summary>
    private async Task<string> PictureAsync(CancellationToken ct)
    {
        var purchases = (await house.Seller.GetAsync("purchases", ct))["data"]!.ToJsonString();
        var pings = (await house.Seller.GetAsync("pings", ct))["data"]!.AsArray().Select(p => $"{p!["id"]} {p["status"]}");
        return $"{purchases}\n{(await LicensesAsync(ct)).ToJsonString()}\n{string.Join('\n', pings)}";
    }

    private async Task<JsonArray> LicensesAsync(CancellationToken ct) => (await house.Seller.GetAsync("licenses?email=mara.ito@example.org", ct))["data"]!.AsArray();

    private async Task<int> UsedAsync(CancellationToken ct) => (await LicensesAsync(ct))[0]!["activations_used"]!.GetValue<int>();

    private void Step(string what) => to.WriteLine($"{++_step}. {what}");

    private void Saw(bool held, string what)
    {
        if (!held)
        {
            throw new StoryException($"expected: {what}");
        }

        to.WriteLine($"   ✓ {what}");
    }

    private static async Task UntilAsync(Func<Task<bool>> held, string otherwise, CancellationToken ct)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (!await held())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new StoryException(otherwise);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
        }
    }

    [GeneratedRegex("INK(-[0-9A-Z]{5}){5}")]
    private static partial Regex KeyPattern();

    private sealed class StoryException(string message) : Exception(message);
}
