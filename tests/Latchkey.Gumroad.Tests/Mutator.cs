namespace Latchkey.Gumroad.Tests;

/// <summary>Makes hostile bodies out of real ones. The same seed makes the same bodies.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Corpus =
    [
        .. PingCase.Forms.Select(c => c.Body),
        .. PingCase.Jsons.Select(c => c.Body),
        .. PingCase.Forms.Where(c => c.Kind != "synthetic").Select(c => c.SourceAsJson),
    ];

#pragma warning disable CA5394 // repeatable, not secret
    private readonly Random _random = new(seed);

    /// <summary>A real body with one to eight changes, and its content type, now and then the wrong one.</summary>
    public (List<byte> Body, string ContentType) Next()
    {
        var picked = _random.Next(Corpus.Length);
        var json = (picked >= PingCase.Forms.Count) != (_random.Next(20) == 0);
        List<byte> body = [.. Corpus[picked]];
        for (var changes = _random.Next(1, 9); changes > 0; changes--)
        {
            Change(body);
        }

        return (body, json ? PingCase.Json : PingCase.Form);
    }

    private void Change(List<byte> body)
    {
        var at = _random.Next(body.Count + 1);
        var length = Math.Min(_random.Next(_random.Next(2) == 0 ? 4 : 300), body.Count - at);
        switch (_random.Next(6))
        {
            case 0 when at < body.Count:
                body[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                body.RemoveRange(at, length);
                break;
            case 2:
                body.InsertRange(_random.Next(body.Count + 1), body.GetRange(at, length));
                break;
            case 3:
                var other = Corpus[_random.Next(Corpus.Length)];
                var from = _random.Next(other.Length);
                body.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(300))]);
                break;
            case 4:
                body.InsertRange(at, Enumerable.Repeat("%[]&=\"{}\\,+\0"u8[_random.Next(12)], _random.Next(1, 5)));
                break;
            default:
                body.Insert(at, (byte)_random.Next(256));
                break;
        }
    }
#pragma warning restore CA5394
}
