namespace Latchkey.Purchases;

/// <param name="Entries">Entries folded so far.</param>
/// <param name="Purchases">Purchases folded so far.</param>
internal readonly record struct ReplayProgress(long Purchases, long Entries);

/// <summary>What a replay came to.</summary>
/// <param name="Waiting">Purchases with entries that were not folded yet: not compared.</param>
/// <param name="Differing">How many purchases differ or are missing on one side, and rows that no purchase leads to.</param>
/// <param name="Remaining">How many of them differ still: all of them, or after a swap those that cannot be folded.</param>
/// <param name="Differences">The first of them.</param>
/// <param name="Swapped">What could be was put right.</param>
internal sealed record ReplayReport(
    long Purchases, long Entries, long Waiting, long Differing, long Remaining, IReadOnlyList<ReplayDifference> Differences, bool Swapped);

/// <param name="Of">The purchase; the license or subject where no purchase leads to it.</param>
/// <param name="What">
/// The fields by name; or <c>missing</c> in the tables, <c>without entries</c>, <c>not granted</c> though it would be now,
/// <c>stray license</c>, <c>stray key</c>, or why it could not be folded.
/// </param>
internal sealed record ReplayDifference(string Of, IReadOnlyList<string> What);
