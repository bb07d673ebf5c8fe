using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

public abstract class IdempotencyConformance : StoreConformance
{
    private IdempotencyRecord Record(string tenant = Acme, string scope = "post /links") => new(tenant, scope, "key-1", [1, 2], null, null, Time.GetUtcNow());

    [Fact]
    public async Task A_key_is_reserved_once_and_then_answers_with_what_was_made()
    {
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(), default));
        Assert.Null((await Store.Idempotency.ReserveAsync(Record(), default))!.Status);

        await Store.Idempotency.CompleteAsync(Record() with { Status = 201, ResourceId = "lnk_1" }, default);
        var there = (await Store.Idempotency.ReserveAsync(Record() with { RequestHash = [9] }, default))!;
        Assert.Equal((201, "lnk_1"), (there.Status, there.ResourceId));
        Assert.Equal([1, 2], there.RequestHash);
    }

    [Fact]
    public async Task Of_many_at_once_one_reserves_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Store.Idempotency.ReserveAsync(Record(), default))));
        Assert.Single(answers, a => a is null);
    }

    [Fact]
    public async Task The_same_key_elsewhere_is_another_request()
    {
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(), default));
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(Other), default));
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(scope: "post /products"), default));
    }

    [Fact]
    public async Task A_key_is_free_again_when_released_or_after_a_day_but_never_once_completed()
    {
        await Store.Idempotency.ReserveAsync(Record(), default);
        await Store.Idempotency.ReleaseAsync(Record(), default);
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(), default));

        await Store.Idempotency.CompleteAsync(Record() with { Status = 201 }, default);
        await Store.Idempotency.ReleaseAsync(Record(), default);
        Assert.NotNull(await Store.Idempotency.ReserveAsync(Record(), default));

        Time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(), default));
    }

    [Fact]
    public async Task A_key_that_was_reserved_by_a_request_that_broke_off_is_free_after_a_minute()
    {
        await Store.Idempotency.ReserveAsync(Record(), default);
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await Store.Idempotency.ReserveAsync(Record(), default));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Store.Idempotency.ReserveAsync(Record(), default));
    }
}
