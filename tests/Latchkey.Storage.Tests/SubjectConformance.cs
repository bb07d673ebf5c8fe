using Latchkey.Outbox;

namespace Latchkey.Storage.Tests;

public abstract class SubjectConformance : HistoryConformance
{
    private const string User = "user:42";
    private const string MarasEmail = "email:" + Mara;

    [Fact]
    public async Task One_who_is_not_known_has_version_0_and_no_licenses()
    {
        var snapshot = await Store.Subjects.ReadAsync(Acme, User, default);
        Assert.Equal((User, User, 0L, 0L, 0), (snapshot.Subject, snapshot.Root, snapshot.Version, snapshot.Position, snapshot.Licenses.Count));
        Assert.Empty(await Store.Subjects.ClaimedByAsync(Acme, User, default));
    }

    [Fact]
    public async Task Each_change_raises_the_version_by_one_and_is_told_with_it_and_what_changes_nothing_is_not()
    {
        await OpenShopAsync();
        var sale = Said.Sale("one", Now, Mara);
        await HappensAsync(sale);
        await HappensAsync(sale);
        await HappensAsync(sale.Later("dispute", "disputed"));
        await HappensAsync(sale.Later("refund", "refunded"));
        Assert.Equal([(MarasEmail, "1"), (MarasEmail, "2"), (MarasEmail, "3")], await ToldAsync());
        var snapshot = await Store.Subjects.ReadAsync(Acme, MarasEmail, default);
        Assert.Equal((3L, 1), (snapshot.Version, snapshot.Licenses.Count));
        Assert.Equal((await Store.Outbox.ReadAsync(Acme, 0, 100, default))[^1].Position, snapshot.Position);
        Assert.Equal(0, (await Store.Subjects.ReadAsync(Other, MarasEmail, default)).Version);
    }

    [Fact]
    public async Task A_claimed_address_and_its_user_answer_alike_also_later()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("one", Now, Mara));
        Assert.True(await Store.Subjects.ClaimAsync(Acme, MarasEmail, User, Now, default));
        Assert.False(await Store.Subjects.ClaimAsync(Acme, MarasEmail, User, Now, default));
        await AlikeAsync(1);
        await HappensAsync(Said.Sale("two", Now, Mara));
        await AlikeAsync(2);
        Assert.Equal([MarasEmail], await Store.Subjects.ClaimedByAsync(Acme, User, default));
        Assert.Empty(await Store.Subjects.ClaimedByAsync(Other, User, default));
        Assert.Equal(MarasEmail, (await Store.Subjects.ReadAsync(Other, MarasEmail, default)).Root);
    }

    [Fact]
    public async Task A_claim_moves_and_both_users_are_told()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("one", Now, Mara));
        await Store.Subjects.ClaimAsync(Acme, MarasEmail, User, Now, default);
        Assert.True(await Store.Subjects.ClaimAsync(Acme, MarasEmail, "user:43", Now, default));
        Assert.Empty((await Store.Subjects.ReadAsync(Acme, User, default)).Licenses);
        Assert.Equal("user:43", (await Store.Subjects.ReadAsync(Acme, MarasEmail, default)).Root);
        Assert.Equal([(MarasEmail, "1"), (User, "2"), ("user:43", "3"), (User, "3")], await ToldAsync());
    }

    [Fact]
    public async Task Whoever_asks_after_an_address_never_sees_its_version_fall()
    {
        await OpenShopAsync();
        var sale = Said.Sale("one", Now, Mara);
        await HappensAsync(sale);
        await HappensAsync(sale.Later("dispute", "disputed"));
        await HappensAsync(sale.Later("dispute_won", "disputed", "dispute_won"));
        await HappensAsync(Said.Sale("two", Now, "other@example.org"));
        await Store.Subjects.ClaimAsync(Acme, "email:other@example.org", User, Now, default);
        var seen = new List<long> { (await Store.Subjects.ReadAsync(Acme, MarasEmail, default)).Version };
        foreach (var user in new[] { User, "user:43", User })
        {
            await Store.Subjects.ClaimAsync(Acme, MarasEmail, user, Now, default);
            seen.Add((await Store.Subjects.ReadAsync(Acme, MarasEmail, default)).Version);
        }

        Assert.Equal(seen.Distinct().Order(), seen);
    }

    [Fact]
    public async Task Who_loses_an_address_hears_of_it_though_he_may_do_the_same_as_before()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("one", Now, Mara), Said.Sale("two", Now, "other@example.org"));
        foreach (var email in new[] { MarasEmail, "email:other@example.org" })
        {
            await Store.Subjects.ClaimAsync(Acme, email, User, Now, default);
        }

        var before = (await Store.Subjects.ReadAsync(Acme, User, default)).Version;
        await Store.Subjects.ClaimAsync(Acme, MarasEmail, "user:43", Now, default);
        Assert.Equal(before + 1, (await Store.Subjects.ReadAsync(Acme, User, default)).Version);
        Assert.Contains((User, $"{before + 1}"), await ToldAsync());
    }

    [Fact]
    public async Task An_address_that_nobody_has_bought_with_is_claimed_without_a_word()
    {
        Assert.True(await Store.Subjects.ClaimAsync(Acme, MarasEmail, User, Now, default));
        Assert.Equal(0, (await Store.Subjects.ReadAsync(Acme, User, default)).Version);
        Assert.Empty(await ToldAsync());
    }

    [Fact]
    public async Task A_claim_of_an_empty_address_by_a_user_who_has_rights_is_told_for_the_address_has_them_now()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("two", Now, "other@example.org"));
        await Store.Subjects.ClaimAsync(Acme, "email:other@example.org", User, Now, default);
        var before = (await Store.Subjects.ReadAsync(Acme, User, default)).Version;
        await Store.Subjects.ClaimAsync(Acme, MarasEmail, User, Now, default);
        Assert.Equal(before + 1, (await Store.Subjects.ReadAsync(Acme, MarasEmail, default)).Version);
        Assert.Equal((User, $"{before + 1}"), (await ToldAsync()).Last());
    }

    private async Task<IEnumerable<(string?, string?)>> ToldAsync() => (await Store.Outbox.ReadAsync(Acme, 0, 100, default))
        .Where(m => m.Kind == OutboxKinds.EntitlementsChanged).Select(m => (m.Subject, m.Detail));

    private async Task AlikeAsync(int licenses)
    {
        var byUser = await Store.Subjects.ReadAsync(Acme, User, default);
        var byEmail = await Store.Subjects.ReadAsync(Acme, MarasEmail, default);
        Assert.Equal((User, User), (byUser.Root, byEmail.Root));
        Assert.Equal((byUser.Version, byUser.Position), (byEmail.Version, byEmail.Position));
        Assert.Equal(byUser.Licenses.Select(l => l.Id), byEmail.Licenses.Select(l => l.Id));
        Assert.Equal(licenses, byUser.Licenses.Count);
    }
}
