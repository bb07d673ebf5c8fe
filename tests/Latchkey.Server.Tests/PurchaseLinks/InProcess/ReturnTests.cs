using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Server.Tests.Running;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Server.Tests.PurchaseLinks.InProcess;

/// <summary>What a handler is told when a buyer comes back, and what later returns get.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task User_data_and_payment_come_back_together()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        var reply = await app.ReturnAsync(bought);

        Assert.Equal((200, "Done for user:mara"), (reply.Status, reply.Text));
        Assert.Equal(("no-store", "no-referrer"), (reply.Headers.CacheControl!.ToString(), string.Join(",", reply.Headers.GetValues("Referrer-Policy"))));
        var call = Assert.Single(app.Calls);
        var result = call.Result;
        Assert.True(result.Succeeded);
        Assert.Equal(new Star("Mizar", 2), result.GetData<Star>());
        Assert.Equal("Mizar", result.Data!.Value.GetProperty("name").GetString());
        Assert.Equal(("user:mara", bought.Sale!.Email, bought.Id), (result.Subject, result.Email, result.Link));
        Assert.StartsWith("pur_", result.Purchase, StringComparison.Ordinal);
        Assert.StartsWith("evt_", result.IdempotencyKey, StringComparison.Ordinal);
        Assert.False(result.IsRepeat);
        var license = Assert.Single(result.Licenses);
        Assert.Equal(("star", "one", "owner"), (license.Product, license.KeyType, license.Tier));
        Assert.Equal((ReturnApp.Return, true), (call.Path, call.FromBuyer));
        Assert.StartsWith("?from=app&", call.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("@", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_gets_the_first_answer_and_calls_nobody()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Handler = (_, http) =>
        {
            http.Response.Cookies.Append("session", "of the first");
            http.Response.StatusCode = StatusCodes.Status201Created;
            return Task.FromResult(Results.Json(new Star("Alcor", 4), statusCode: 201));
        };
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        var way = await app.WayBackAsync(bought);
        var first = await app.GetAsync(way);
        var again = await app.GetAsync(way);
        var later = await app.ReturnAsync(bought);

        Assert.Equal((201, """{"name":"Alcor","magnitude":4}""", "application/json"), (first.Status, first.Text, first.ContentType));
        Assert.True(first.Headers.Contains("Set-Cookie"));
        foreach (var reply in new[] { again, later })
        {
            Assert.Equal((first.Status, first.Text, first.ContentType), (reply.Status, reply.Text, reply.ContentType));
            Assert.False(reply.Headers.Contains("Set-Cookie"));
        }

        Assert.Single(app.Calls);
    }

    [Fact]
    public async Task A_redirect_is_repeated_as_a_redirect()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Handler = (_, _) => Task.FromResult(Results.Redirect("/stars/mizar"));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        for (var i = 0; i < 2; i++)
        {
            var reply = await app.ReturnAsync(bought);
            Assert.Equal((302, "/stars/mizar"), (reply.Status, reply.Headers.Location!.ToString()));
        }

        Assert.Single(app.Calls);
    }

    [Fact]
    public async Task Of_a_long_answer_later_returns_get_all_but_the_body()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var text = new string('a', ReturnAnswer.MaxBytes + 1);
        app.Handler = (_, _) => Task.FromResult(Results.Text(text));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);

        Assert.Equal(text, (await app.ReturnAsync(bought)).Text);
        var again = await app.ReturnAsync(bought);
        Assert.Equal((200, ""), (again.Status, again.Text));
        Assert.Single(app.Calls);
    }

    [Fact]
    public async Task A_return_without_a_payment_says_so_and_is_not_kept()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Handler = (call, _) => Task.FromResult(Results.Text(call.Result.Error ?? "paid"));
        var bought = await app.BuyAsync();

        Assert.Equal("not_paid", (await app.ReturnAsync(bought)).Text);
        Assert.Equal((new Star("Mizar", 2), "user:mara", null), (app.Calls[0].Result.GetData<Star>(), app.Calls[0].Result.Subject, app.Calls[0].Result.IdempotencyKey));
        await app.PayAsync(bought);
        Assert.Equal("paid", (await app.ReturnAsync(bought)).Text);
    }

    [Fact]
    public async Task Whoever_comes_after_the_end_is_told_that_the_link_has_expired()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Order = app.Order with { ExpiresIn = TimeSpan.FromMinutes(2) };
        var bought = await app.BuyAsync();
        app.Advance(TimeSpan.FromMinutes(3));
        await app.ReturnAsync(bought);
        Assert.Equal(PurchaseErrors.Expired, Assert.Single(app.Calls).Result.Error);
    }

    [Fact]
    public async Task Who_pays_less_than_asked_for_comes_back_with_the_reason()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Order = app.Order with { MinPriceUsdCents = 1_000_000 };
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await app.ReturnAsync(bought);
        var result = Assert.Single(app.Calls).Result;
        Assert.Equal((PurchaseErrors.AmountMismatch, (string?)null), (result.Error, result.Purchase));
    }

    [Fact]
    public async Task A_refund_is_told_instead_of_the_answer_kept()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Handler = (call, _) => Task.FromResult(Results.Text(call.Result.Error ?? "paid"));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        Assert.Equal("paid", (await app.ReturnAsync(bought)).Text);
        await bought.RefundAsync();
        await Eventually.HoldsAsync(async () => (string?)(await app.LinkAsync(bought))["reason"] == "refunded", "the refund was not found");
        Assert.Equal("refunded", (await app.ReturnAsync(bought)).Text);
    }

    [Fact]
    public async Task A_visitor_who_was_told_that_the_link_is_used_does_not_get_the_buyers_answer()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await app.ReturnAsync(bought);

        var tenant = (await app.Service<TenantDirectory>().FindAsync(ReturnApp.Tenant, CancellationToken.None))!;
        var now = app.Time.GetUtcNow();
        var claims = new PurchaseResultClaims
        {
            Iss = tenant.Tenant.Issuer,
            Aud = app.Address,
            Sub = null,
            Link = bought.Id!,
            Purchase = null,
            State = "redeemed",
            Reason = "already_used",
            Iat = now.ToUnixTimeSeconds(),
            Exp = now.ToUnixTimeSeconds() + 600,
            Jti = bought.Id!,
        };
        var token = PurchaseResultToken.Write(claims, SigningKeys.Current(tenant.SigningKeys, now));
        await app.GetAsync($"{ReturnApp.Return}?latchkey_link={bought.Id}&latchkey_result={token}");
        Assert.Equal(PurchaseErrors.AlreadyUsed, app.Calls[1].Result.Error);
    }

    [Fact]
    public async Task What_was_not_signed_for_this_return_is_believed_in_nothing()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var bought = await app.BuyAsync();
        var other = await app.BuyAsync();
        await app.PayAsync(bought);
        var way = await app.WayBackAsync(bought);
        await app.IdOfAsync(other);
        string[] wrong =
        [
            ReturnApp.Return,
            way[..^4] + "AAAA", // another signature
            way.Replace(bought.Id!, other.Id!, StringComparison.Ordinal), // another link
            way.Replace(ReturnApp.Return, "/shop" + ReturnApp.Other, StringComparison.Ordinal), // another return
            way.Split("&latchkey_result")[0],
        ];
        foreach (var path in wrong)
        {
            Assert.Equal(200, (await app.GetAsync(path)).Status);
        }

        app.Advance(TimeSpan.FromMinutes(11));
        await app.GetAsync(way);
        Assert.Equal(wrong.Length + 1, app.Calls.Count);
        Assert.All(app.Calls, c => Assert.Equal(
            (PurchaseErrors.InvalidResult, null, null, null), (c.Result.Error, c.Result.Link, c.Result.Subject, c.Result.Data)));
        Assert.Equal("Done for user:mara", (await app.ReturnAsync(bought)).Text);
    }
}
