namespace Latchkey.Gumroad.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">What is on it, in Gumroad's order.</param>
/// <param name="NextPageKey">What to ask the next page with; null on the last one. Opaque.</param>
public sealed record GumroadPage<T>(IReadOnlyList<T> Items, string? NextPageKey);
