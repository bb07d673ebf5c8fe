using System.Collections.Concurrent;
using Latchkey.PurchaseLinks;
using Latchkey.Server.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Server.Tests.PurchaseLinks.InProcess;

/// <summary>For each purchase one call of the handler counts, whoever comes first and whatever breaks off.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Pings_returns_and_the_background_at_once_complete_one_purchase_once()
    {
        await using var app = await ReturnApp.StartAsync(TimeSpan.Zero);
        var done = new ConcurrentBag<string>();
        app.Handler = async (call, http) =>
        {
            await Task.Yield();
            done.Add(call.Result.IdempotencyKey!);
            return Results.Text("One star for " + call.Result.Subject);
        };
        var links = new List<Bought>();
        for (var i = 0; i < 5; i++)
        {
            links.Add(await app.BuyAsync());
        }

        var replies = new ConcurrentBag<Reply>();
        await Task.WhenAll(links.Select(async bought =>
        {
            bought.Ping = await app.PingOfAsync(bought);
            await Task.WhenAll(app.PingAsync(bought), app.PingAsync(bought), app.PingAsync(bought));
            await Eventually.HoldsAsync(async () => (string?)(await app.LinkAsync(bought))["state"] == "redeemed", "the sale was not found");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => replies.Add(await app.ReturnAsync(bought))));
        }));

        Assert.All(replies, r => Assert.Equal((200, "One star for user:mara"), (r.Status, r.Text)));
        Assert.Equal(40, replies.Count);
        Assert.Equal(5, done.Count);
        Assert.Equal(5, done.Distinct().Count());
    }

    [Fact]
    public async Task A_buyer_who_does_not_come_back_is_not_waited_for()
    {
        await using var app = await ReturnApp.StartAsync(TimeSpan.Zero);
        app.Handler = (call, http) => Task.FromResult(Results.Text(http.Request.Scheme + "://" + http.Request.Host));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await Eventually.HoldsAsync(() => app.Calls.Count == 1, "the handler was not called");
        var call = app.Calls[0];
        Assert.Equal(
            (ReturnApp.Return, "?from=app", false, (string?)null, "Mizar"),
            (call.Path, call.Query, call.FromBuyer, call.User, call.Result.GetData<Star>()!.Name));

        var reply = await app.ReturnAsync(bought);
        Assert.Equal((200, app.Address), (reply.Status, reply.Text));
        Assert.Single(app.Calls);
    }

    [Fact]
    public async Task A_return_under_a_group_is_found_without_the_buyer_too()
    {
        await using var app = await ReturnApp.StartAsync(TimeSpan.Zero);
        app.Order = app.Order with { Return = "/shop" + ReturnApp.Other };
        await app.PayAsync(await app.BuyAsync());
        await Eventually.HoldsAsync(() => app.Calls.Count == 1, "the handler was not called");
        Assert.Equal("/shop" + ReturnApp.Other, app.Calls[0].Path);
    }

    [Fact]
    public async Task Purchases_of_other_apps_are_left_to_them()
    {
        await using var app = await ReturnApp.StartAsync(TimeSpan.Zero);
        await app.PayAsync(await app.BuyElsewhereAsync("https://other.example" + ReturnApp.Return));
        await app.PayAsync(await app.BuyElsewhereAsync(app.Address + "/elsewhere"));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await Eventually.HoldsAsync(() => app.Calls.Count > 0, "the handler was not called");
        Assert.Equal(await app.IdOfAsync(bought), Assert.Single(app.Calls).Result.Link);
    }

    [Fact]
    public async Task A_handler_that_throws_is_called_again_without_the_buyer_under_the_same_key()
    {
        await using var app = await ReturnApp.StartAsync(TimeSpan.Zero);
        app.Handler = (call, _) => app.Calls.Count < 3
            ? throw new InvalidOperationException("The database of mara@example.org does not answer.")
            : Task.FromResult(Results.Text("At last"));
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await Eventually.HoldsAsync(
            () =>
            {
                app.Advance(TimeSpan.FromSeconds(30));
                return app.Calls.Count >= 3;
            },
            "the handler was not called again");

        Assert.Equal("At last", (await app.ReturnAsync(bought)).Text);
        Assert.Equal(3, app.Calls.Count);
        Assert.Single(app.Calls.Select(c => c.Result.IdempotencyKey).Distinct());
        Assert.Equal([false, true, true], app.Calls.Select(c => c.Result.IsRepeat));
    }

    [Fact]
    public async Task A_return_whose_handler_fails_is_an_error_and_the_next_one_tries_again()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Handler = (call, _) => app.Calls.Count switch
        {
            1 => throw new InvalidOperationException("Not now."),
            2 => Task.FromResult(Results.Text("Not now either", statusCode: 503)),
            _ => Task.FromResult(Results.Text("Done")),
        };
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        Assert.Equal(500, (await app.ReturnAsync(bought)).Status);
        var refused = await app.ReturnAsync(bought);
        Assert.Equal((503, "Not now either"), (refused.Status, refused.Text));
        Assert.Equal((200, "Done"), ((await app.ReturnAsync(bought)).Status, (await app.ReturnAsync(bought)).Text));
        Assert.Equal([false, true, true], app.Calls.Select(c => c.Result.IsRepeat));
        Assert.Single(app.Calls.Select(c => c.Result.IdempotencyKey).Distinct());
    }

    [Fact]
    public async Task A_call_that_a_crash_cut_off_is_made_again_once_its_claim_ends()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never, o => o.AnswerWithin = TimeSpan.Zero);
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await ClaimAsync(app, bought, "of a node that is gone");

        var waiting = await app.ReturnAsync(bought);
        Assert.Equal((503, "text/html", TimeSpan.FromSeconds(2)), (waiting.Status, waiting.ContentType, waiting.Headers.RetryAfter!.Delta!.Value));
        Assert.Empty(app.Calls);
        app.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await app.ReturnAsync(bought)).Status);
        Assert.True(Assert.Single(app.Calls).Result.IsRepeat);
    }

    [Fact]
    public async Task Who_lost_his_claim_while_at_work_gives_way_to_the_answer_that_counts()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Handler = async (_, _) =>
        {
            if (app.Calls.Count == 1)
            {
                await atWork.Task;
                return Results.Text("Late");
            }

            return Results.Text("In time");
        };
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        var late = app.ReturnAsync(bought);
        await Eventually.HoldsAsync(() => app.Calls.Count == 1, "the handler was not called");
        app.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("In time", (await app.ReturnAsync(bought)).Text);
        atWork.SetResult();

        Assert.Equal((200, "In time"), ((await late).Status, (await late).Text));
        Assert.Equal("In time", (await app.ReturnAsync(bought)).Text);
        Assert.Equal([false, true], app.Calls.Select(c => c.Result.IsRepeat));
    }

    [Fact]
    public async Task A_call_at_work_keeps_its_claim()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never, o => o.ClaimFor = TimeSpan.FromSeconds(5));
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Handler = async (_, _) =>
        {
            await atWork.Task;
            return Results.Text("Done");
        };
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        var returning = app.ReturnAsync(bought);
        await Eventually.HoldsAsync(() => app.Calls.Count == 1, "the handler was not called");
        var first = Assert.IsType<LinkCompletion.Busy>(await ClaimAsync(app, bought, "another")).Until;
        await Eventually.HoldsAsync(
            async () => Assert.IsType<LinkCompletion.Busy>(await ClaimAsync(app, bought, "another")).Until > first, "the claim was not renewed");
        atWork.SetResult();
        Assert.Equal("Done", (await returning).Text);
    }

    [Fact]
    public async Task What_was_refunded_before_anybody_saw_it_is_not_completed()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var bought = await app.BuyAsync();
        await app.PayAsync(bought);
        await bought.RefundAsync();
        await Eventually.HoldsAsync(async () => (string?)(await app.LinkAsync(bought))["reason"] == "refunded", "the refund was not found");
        await app.ReturnAsync(bought);
        Assert.Equal("refunded", Assert.Single(app.Calls).Result.Error);
        Assert.IsType<LinkCompletion.Claimed>(await ClaimAsync(app, bought, "anybody"));
    }

    private static Task<LinkCompletion> ClaimAsync(ReturnApp app, Bought bought, string claimant)
    {
        var now = app.Time.GetUtcNow();
        return app.Service<ILinkCompletionStore>().ClaimAsync(ReturnApp.Tenant, bought.Id!, claimant, now, now.AddSeconds(60), CancellationToken.None);
    }
}
