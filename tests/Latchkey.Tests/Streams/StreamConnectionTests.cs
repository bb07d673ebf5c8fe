using System.IO.Pipelines;
using System.Text;
using Latchkey.Streams;
using Latchkey.Subjects;

namespace Latchkey.Tests.Streams;

public class StreamConnectionTests
{
    private const int Most = 100;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 10, resumeWriterThreshold: 5, useSynchronizationContext: false));
    private bool _aborted;

    [Fact]
    public async Task A_reader_too_far_behind_is_cut_off_and_nobody_waits_for_it()
    {
        var stream = Open();
        for (var position = 1; !_aborted; position++)
        {
            Assert.True(position < 20, "It was never cut off.");
            stream.Offer(Page(position, new string('x', 30)));
        }

        Assert.False(stream.Ended.IsCompleted); // one is still being written
        await _pipe.Reader.CompleteAsync();
        await stream.Ended;
    }

    [Fact]
    public async Task A_reader_that_keeps_up_hears_everything_in_order()
    {
        var stream = Open();
        for (var position = 1; position <= 50; position++)
        {
            stream.Offer(Page(position, $"{position:00},"));
            stream.Offer(Page(position, "again"));
            var text = await _pipe.Reader.ReadAsync();
            Assert.Equal($"{position:00},", Encoding.ASCII.GetString(text.Buffer.FirstSpan));
            _pipe.Reader.AdvanceTo(text.Buffer.End);
        }

        stream.Close();
        await stream.Ended;
        Assert.False(_aborted);
    }

    [Fact]
    public async Task Of_two_states_that_race_the_later_stands()
    {
        var stream = Open();
        stream.Offer(State(version: 2, position: 20), "later"u8.ToArray());
        stream.Offer(State(version: 1, position: 10), "earlier"u8.ToArray());
        stream.Offer(State(version: 2, position: 30), "the same"u8.ToArray());
        stream.Offer(State(version: 1, position: 40, root: "user:42"), "|claimed"u8.ToArray());
        const string Stands = "later|claimed";
        var text = await _pipe.Reader.ReadAtLeastAsync(Stands.Length);
        Assert.Equal(Stands, Encoding.ASCII.GetString(text.Buffer));
        _pipe.Reader.AdvanceTo(text.Buffer.End);
        stream.Close();
        await stream.Ended;
    }

    [Fact]
    public void A_page_gives_what_comes_after_a_position()
    {
        var page = new StreamPage("aabbcc"u8.ToArray(), [(5, 0), (6, 2), (9, 4)]);
        Assert.Equal(
            ["aabbcc", "aabbcc", "bbcc", "cc", "cc", ""],
            new long[] { 0, 4, 5, 6, 8, 9 }.Select(p => Encoding.ASCII.GetString(page.After(p).Span)));
    }

    private static StreamPage Page(long position, string text) => new(Encoding.ASCII.GetBytes(text), [(position, 0)]);

    private static SubjectSnapshot State(long version, long position, string root = "email:a@example.org") => new("email:a@example.org", root, version, position, []);

    private StreamConnection Open() => new("acme", null, new StreamRight(null, null), _pipe.Writer, Most, () => _aborted = true);
}
