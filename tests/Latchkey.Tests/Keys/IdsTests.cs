using Latchkey.Keys;

namespace Latchkey.Tests.Keys;

public class IdsTests
{
    [Fact]
    public void Ids_sort_by_the_time_they_were_made()
    {
        TimeSpan[] steps = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(255), TimeSpan.FromMinutes(1), TimeSpan.FromDays(49), TimeSpan.FromDays(3650)];
        var at = Acme.Start;
        var ids = new List<string> { Ids.New("png_", at) };
        for (var i = 0; i < 200; i++)
        {
            at += steps[i % steps.Length];
            ids.Add(Ids.New("png_", at));
        }

        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_of_one_moment_differ_and_have_one_length()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => Ids.New("act_", Acme.Start)).ToList();
        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^act_[0-9a-hjkmnp-tv-z]{26}$", id));
    }

    [Fact]
    public void Tokens_carry_200_bits_and_differ()
    {
        Assert.Matches("^lk_[0-9a-hjkmnp-tv-z]{40}$", Ids.Token("lk_"));
        Assert.NotEqual(Ids.Token(""), Ids.Token(""));
        Assert.NotEqual(Ids.HashOf("a"), Ids.HashOf("b"));
    }
}
