namespace Latchkey.Simulator.Life;

/// <summary>One buyer's luck.</summary>
internal sealed class Dice(int lifeSeed, int number)
{
    // The prime keeps the numbers of two lives apart for a million buyers.
    private readonly Random _random = new(unchecked((lifeSeed * 1_000_003) + number));

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Whole seconds, since Gumroad's times have no finer ones.</summary>
    public TimeSpan Days(int least, int most) => TimeSpan.FromSeconds(_random.Next(least * 86_400, most * 86_400));
}
