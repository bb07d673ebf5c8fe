namespace Latchkey.Crash;

/// <param name="Held">Whether what was to be proved is so.</param>
internal sealed record Verdict(bool Held, string Text)
{
    public string Line(string name) => $"{(Held ? "ok" : "FAILED")} {name}: {Text}";
}
