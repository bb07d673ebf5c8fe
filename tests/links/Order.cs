using System.Collections.Concurrent;

namespace Latchkey.Links;

/// <summary>A link, and what the app has answered to whoever came back from it.</summary>
/// <param name="Number">Of its user, too.</param>
internal sealed record Order(int Number, string Link, string GoPath, string WaitPath)
{
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>What the handler must be told.</summary>
    public string Brings => CallBook.Brought($"user:{Number}", Number, 1);
}
