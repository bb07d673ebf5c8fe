using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests;

public class HostileBodiesTests
{
    private const int Bodies = 1_000_000;
    private const int Chunk = 10_000;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_million_mutated_pings_neither_throw_nor_take_long()
    {
        var understood = 0;
        Parallel.For(0, Bodies / Chunk, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var mutator = new Mutator(seed);
            var events = 0;
            for (var i = 0; i < Chunk; i++)
            {
                var (bytes, contentType) = mutator.Next();
                var body = bytes.ToArray();
                var (took, reading) = Time(body, contentType);
                events += reading is EventReading.Understood ? 1 : 0;
                if (took >= Slow)
                {
                    // A pause of the machine is not the decoder's: only a body that is slow each time counts.
                    var fastest = Enumerable.Range(0, 5).Min(_ => Time(body, contentType).Took);
                    Assert.True(fastest < Slow, $"{fastest.TotalMilliseconds:f1} ms for {contentType}: {Convert.ToBase64String(body)}");
                }
            }

            Interlocked.Add(ref understood, events);
        });

        // Mutations that never leave an event whole, or always do, would test nothing.
        Assert.InRange(understood, Bodies / 10, Bodies * 9 / 10);
    }

    [Fact]
    public void Random_bytes_never_throw() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        ArbMap.Default.ArbFor<bool>(),
        (body, json) => Time(body, json ? PingCase.Json : PingCase.Form).Took >= TimeSpan.Zero).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Random_content_types_never_throw() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        contentType => PingDecoder.Decode("a=1"u8, contentType) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Random_structure_never_throws_and_reads_the_same_twice()
    {
        var piece = Gen.Elements("a", "[", "]", "=", "&", "%5B", "%255D", "%", "+", "é", "test", "card", "{", "}", "\"", ",", ":", "\\u", "null");
        Prop.ForAll(
            piece.ListOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))).ToArbitrary(),
            body =>
            {
                Time(body, PingCase.Json);
                Time(body, PingCase.Form);
                return Decoding.Canonical(body).AsSpan().SequenceEqual(Decoding.Canonical(body));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    public static TheoryData<string, string> Largest => new()
    {
        { "distinct names", string.Join('&', Enumerable.Range(0, 1_990).Select(i => $"{i}={new string('x', 100)}")) },
        { "distinct inner names", string.Join('&', Enumerable.Range(0, 1_990).Select(i => $"a[b][{i}][]=x")) },
        { "list and map by turns", string.Join('&', Enumerable.Range(0, 990).Select(_ => "a[b][c][d][e][f][g]=1&a[b][]=2")) },
        { "one list", string.Join('&', Enumerable.Range(0, 1_990).Select(i => $"url_params[x][]={i}")) },
        { "custom fields", string.Join('&', Enumerable.Range(0, 1_990).Select(i => $"custom_fields[{i}][x]=y")) },
        { "brackets", string.Join('&', Enumerable.Range(0, 250).Select(_ => new string('[', 1_024))) },
        { "equal long names", string.Join('&', Enumerable.Range(0, 250).Select(i => $"{new string('n', 1_020)}={i}")) },
        { "percent signs", new string('%', 1_024) + "=" + new string('%', 261_000) },
        { "one value", "a=" + new string('\u00e9', 131_000) },
        { "ampersands", new string('&', 262_144) },
    };

    [Theory, MemberData(nameof(Largest))]
    public void Bodies_made_to_be_slow_are_not(string what, string body)
    {
        var bytes = Encoding.UTF8.GetBytes("resource_name=sale&sale_id=a&product_id=b&" + body)[..Math.Min(262_144, 42 + Encoding.UTF8.GetByteCount(body))];
        Assert.Null(Decoding.Refusal(bytes));
        var fastest = Enumerable.Range(0, 50).Min(_ => Time(bytes, PingCase.Form).Took);
        Assert.True(fastest < Slow, $"{what}: {fastest.TotalMilliseconds:f1} ms");
    }

    private static (TimeSpan Took, EventReading? Reading) Time(byte[] body, string contentType)
    {
        var start = Stopwatch.GetTimestamp();
        var decoding = PingDecoder.Decode(body, contentType);
        var reading = decoding is PingDecoding.Decoded decoded ? EventReader.Read(decoded.Root, GumroadResource.Sale) : null;
        return (Stopwatch.GetElapsedTime(start), reading);
    }
}
