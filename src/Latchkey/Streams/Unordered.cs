namespace Latchkey.Streams;

internal static class Unordered
{
    /// <summary>Fills the gap with the last: the order does not matter, and nothing is moved up.</summary>
    public static void RemoveUnordered<T>(this List<T> list, T item)
    {
        var at = list.IndexOf(item);
        if (at >= 0)
        {
            list[at] = list[^1];
            list.RemoveAt(list.Count - 1);
        }
    }
}
