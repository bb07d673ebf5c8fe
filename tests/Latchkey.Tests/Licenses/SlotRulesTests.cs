using Latchkey.Licenses;
using Latchkey.Outbox;

namespace Latchkey.Tests.Licenses;

public class SlotRulesTests
{
    private static readonly DateTimeOffset Now = Acme.Start.AddDays(1);
    private static readonly Device Mac = Device.Of("dev", "Mac", "macos", "2.0");
    private static readonly long NowMs = Now.ToUnixTimeMilliseconds();

    [Fact]
    public void A_key_that_was_replaced_while_the_request_was_on_its_way_takes_no_slot()
    {
        var slots = Slots(live: 1);
        var decision = SlotRules.Activate(slots with { License = slots.License! with { Generation = 1 } }, Mac, 0, Now);
        Assert.Equal(SlotResult.Reissued, decision.Result.Result);
        Assert.Null(decision.Changed);
    }

    [Fact]
    public void A_new_device_takes_a_slot()
    {
        var decision = SlotRules.Activate(Slots(live: 2), Mac, 0, Now);
        Assert.Equal((SlotResult.Created, 3), (decision.Result.Result, decision.Result.Used));
        Assert.Equal(decision.Changed, decision.Result.Activation);
        Assert.StartsWith("act_", decision.Changed!.Id, StringComparison.Ordinal);
        Assert.Equal(("dev", "Mac", NowMs, true), (decision.Changed.DeviceHash, decision.Changed.Name, decision.Changed.Seq, decision.Changed.IsLive));
        Assert.Equal((OutboxKinds.ActivationCreated, decision.Changed.Id), (decision.Message!.Kind, decision.Message.Detail));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(2, 3)]
    public void At_or_over_the_limit_a_new_device_is_refused(int limit, int live)
    {
        var decision = SlotRules.Activate(Slots(limit: limit, live: live), Mac, 0, Now);
        Assert.Equal((SlotResult.Full, live), (decision.Result.Result, decision.Result.Used));
        Assert.Null(decision.Changed);
        Assert.Null(decision.Message);
    }

    [Fact]
    public void Without_a_limit_there_is_always_a_slot() =>
        Assert.Equal(SlotResult.Created, SlotRules.Activate(Slots(limit: null, live: 100_000), Mac, 0, Now).Result.Result);

    [Fact]
    public void A_device_that_is_active_keeps_its_slot_even_when_full()
    {
        var there = TestLicense.Activation(seq: 5);
        var decision = SlotRules.Activate(Slots(byDevice: there, live: 3), Mac, 0, Now);
        Assert.Equal((SlotResult.Kept, 3), (decision.Result.Result, decision.Result.Used));
        Assert.Equal(there with { Name = "Mac", AppVersion = "2.0", LastSeenAt = Now, Seq = NowMs }, decision.Changed);
        Assert.Null(decision.Message);
    }

    [Fact]
    public void What_a_device_does_not_tell_again_stays()
    {
        var decision = SlotRules.Activate(Slots(byDevice: TestLicense.Activation(), live: 1), Device.Of("dev", null, " ", null), 0, Now);
        Assert.Equal(("Studio Mac", "macos", "1.0"), (decision.Changed!.Name, decision.Changed.Platform, decision.Changed.AppVersion));
    }

    [Fact]
    public void A_released_device_comes_back_under_its_old_id()
    {
        var released = TestLicense.Activation("act_old", releasedAt: Acme.Start.AddHours(1), seq: 7);
        var decision = SlotRules.Activate(Slots(byDevice: released, live: 2), Mac, 0, Now);
        Assert.Equal((SlotResult.Revived, 3), (decision.Result.Result, decision.Result.Used));
        Assert.Equal(("act_old", true, Acme.Start, NowMs), (decision.Changed!.Id, decision.Changed.IsLive, decision.Changed.CreatedAt, decision.Changed.Seq));
        Assert.Equal(OutboxKinds.ActivationCreated, decision.Message!.Kind);
    }

    [Fact]
    public void A_released_device_does_not_come_back_when_full()
    {
        var released = TestLicense.Activation(releasedAt: Acme.Start);
        Assert.Equal(SlotResult.Full, SlotRules.Activate(Slots(byDevice: released, live: 3), Mac, 0, Now).Result.Result);
    }

    [Fact]
    public void A_blocked_or_ended_license_refuses_before_slots_are_looked_at()
    {
        foreach (var license in new[] { TestLicense.Of(holds: ["dispute"]), TestLicense.Of(endsAt: Now) })
        {
            var decision = SlotRules.Activate(Slots(byDevice: TestLicense.Activation(), live: 3) with { License = license }, Mac, 0, Now);
            Assert.Equal(SlotResult.Refused, decision.Result.Result);
            Assert.Equal(license.StandingAt(Now), decision.Result.Standing);
            Assert.Null(decision.Changed);
        }
    }

    [Fact]
    public void A_license_that_a_replay_has_dropped_decides_nothing()
    {
        var decision = SlotRules.Activate(Slots(live: 1) with { License = null }, Mac, 0, Now);
        Assert.Equal(SlotResult.Gone, decision.Result.Result);
        Assert.Null(decision.Changed);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(100, 110)]
    [InlineData(-100_000, 10)]
    public void The_number_rises_even_if_the_clock_falls(int fromLast, long atLeast)
    {
        var last = NowMs - fromLast;
        var seq = last;
        for (var i = 0; i < 10; i++)
        {
            var next = SlotRules.NextSeq(seq, Now.AddMilliseconds(-i));
            Assert.True(next > seq);
            seq = next;
        }

        Assert.True(seq - last >= Math.Min(atLeast, 10));
    }

    [Fact]
    public void Validating_gives_the_next_number_and_sight_once_an_hour()
    {
        var there = TestLicense.Activation(seq: NowMs + 5) with { LastSeenAt = Now.AddMinutes(-59) };
        var early = SlotRules.Validate(Slots(byId: there), "dev", Now);
        Assert.Equal((SlotResult.Kept, NowMs + 6, there.LastSeenAt), (early.Result.Result, early.Changed!.Seq, early.Changed.LastSeenAt));
        Assert.Equal(Now, SlotRules.Validate(Slots(byId: there with { LastSeenAt = Now.AddHours(-1) }), "dev", Now).Changed!.LastSeenAt);
        Assert.Null(early.Message);
    }

    [Fact]
    public void Validating_for_another_device_or_an_unknown_activation_changes_nothing()
    {
        var foreign = SlotRules.Validate(Slots(byId: TestLicense.Activation()), "another", Now);
        Assert.Equal(SlotResult.Gone, foreign.Result.Result);
        Assert.NotNull(foreign.Result.Activation);
        Assert.Null(foreign.Changed);

        var unknown = SlotRules.Validate(Slots(), "dev", Now);
        Assert.Equal((SlotResult.Gone, (Activation?)null), (unknown.Result.Result, unknown.Result.Activation));
        Assert.Null(unknown.Changed);
    }

    [Fact]
    public void A_release_frees_the_slot_and_is_counted()
    {
        var decision = SlotRules.Release(Slots(byId: TestLicense.Activation()), Now, bySeller: false);
        Assert.Equal(new DeactivateOutcome.Released(WasTaken: true), decision.Result);
        Assert.Equal(Now, decision.Changed!.ReleasedAt);
        Assert.True(decision.CountsAsRelease);
        Assert.Equal(OutboxKinds.ActivationReleased, decision.Message!.Kind);
    }

    [Fact]
    public void Releasing_again_says_so_and_changes_nothing()
    {
        var decision = SlotRules.Release(Slots(byId: TestLicense.Activation(releasedAt: Now), releases: 50), Now, bySeller: false);
        Assert.Equal(new DeactivateOutcome.Released(WasTaken: false), decision.Result);
        Assert.Null(decision.Changed);
        Assert.False(decision.CountsAsRelease);
    }

    [Fact]
    public void Releasing_an_unknown_activation_is_not_found() =>
        Assert.Equal(new DeactivateOutcome.ActivationNotFound(), SlotRules.Release(Slots(), Now, bySeller: false).Result);

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(1, 3, false)]
    [InlineData(5, 4, true)]
    [InlineData(5, 5, false)]
    [InlineData(null, 1_000, true)]
    public void The_allowance_is_the_limit_and_at_least_three(int? limit, int releases, bool allowed)
    {
        var slots = Slots(limit: limit, byId: TestLicense.Activation(), releases: releases);
        Assert.Equal(allowed, SlotRules.Release(slots, Now, bySeller: false).Result is DeactivateOutcome.Released);
        Assert.IsType<DeactivateOutcome.Released>(SlotRules.Release(slots, Now, bySeller: true).Result);
        Assert.False(SlotRules.Release(slots, Now, bySeller: true).CountsAsRelease);
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(5, 2)]
    public void A_refusal_says_when_the_next_release_is_possible(int releases, int decisive)
    {
        var slots = Slots(limit: 1, byId: TestLicense.Activation(), releases: releases);
        var next = Assert.IsType<DeactivateOutcome.TooOften>(SlotRules.Release(slots, Now, bySeller: false).Result).NextAt;
        Assert.Equal(slots.ReleasesSince.Order().ElementAt(decisive).AddDays(30), next);
    }

    [Fact]
    public void Over_long_texts_are_cut_and_blank_ones_dropped()
    {
        var device = Device.Of("dev", "  " + new string('n', 100), new string('p', 64), "   ");
        Assert.Equal((new string('n', 64), new string('p', 64), (string?)null), (device.Name, device.Platform, device.AppVersion));
    }

    private static Slots Slots(int? limit = 3, Activation? byDevice = null, Activation? byId = null, int live = 0, int releases = 0) => new(
        TestLicense.Of(limit), byDevice, byId, live, [.. Enumerable.Range(0, releases).Select(i => Now.AddMinutes(-i))]);
}
