using Latchkey.Handlers;
using Latchkey.Outbox;

namespace Latchkey.Tests.Handlers;

public class BacklogTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_failed_one_holds_up_its_subject_and_nobody_else()
    {
        var backlog = new Backlog(0);
        var (mara, theo, later) = (Message(1, "user:mara"), Message(2, "user:theo"), Message(3, "user:mara"));
        foreach (var message in new[] { mara, theo, later })
        {
            backlog.Add(message, isWanted: true);
        }

        Assert.Equal([mara, theo], backlog.Due(Now));
        Assert.Equal((1, TimeSpan.FromSeconds(1)), backlog.Failed(mara, Now));
        backlog.Succeeded(theo);
        Assert.Empty(backlog.Due(Now));
        Assert.Equal(Now.AddSeconds(1), backlog.NextDue); // not the one behind it, which has not been tried at all
        Assert.Equal((0, 3, 2), (backlog.Done, backlog.Read, backlog.Count));

        Assert.Equal([mara], backlog.Due(Now.AddSeconds(1)));
        backlog.Succeeded(mara);
        Assert.Equal(2, backlog.Done);
        Assert.Equal([later], backlog.Due(Now));
        backlog.Succeeded(later);
        Assert.Equal(3, backlog.Done);
    }

    [Fact]
    public void Pauses_double_up_to_ten_minutes()
    {
        var backlog = new Backlog(0);
        var message = Message(1, "user:mara");
        backlog.Add(message, isWanted: true);
        var pauses = Enumerable.Range(0, 12).Select(_ => (int)backlog.Failed(message, Now).Pause.TotalSeconds);
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600], pauses);
    }

    [Fact]
    public void What_is_not_wanted_is_done_once_read()
    {
        var backlog = new Backlog(4);
        backlog.Add(Message(5, null), isWanted: false);
        Assert.Equal((5, 5, 0), (backlog.Done, backlog.Read, backlog.Count));
        Assert.Null(backlog.NextDue);
    }

    private static OutboxMessage Message(long position, string? subject) =>
        new("acme", $"k{position}", OutboxKinds.LicenseIssued, "lic_1", "pur_1", null, Now, position, subject);
}
