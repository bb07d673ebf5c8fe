using System.Runtime.CompilerServices;

namespace Latchkey.Gumroad.Api;

internal static class Pages
{
    /// <summary>Everything on all pages, one page in memory at a time.</summary>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        Func<string?, CancellationToken, Task<GumroadPage<T>>> page, [EnumeratorCancellation] CancellationToken ct = default)
    {
        string? key = null;
        do
        {
            var here = await page(key, ct).ConfigureAwait(false);
            foreach (var item in here.Items)
            {
                ct.ThrowIfCancellationRequested();
                yield return item;
            }

            if (key is not null && here.NextPageKey == key)
            {
                throw new GumroadAnswerException("A page of Gumroad's names itself as the next one; the list cannot be read to its end.", httpStatus: null);
            }

            key = here.NextPageKey;
        }
        while (key is not null);
    }
}
