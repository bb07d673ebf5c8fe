using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Web;

/// <summary>What became of the reservation of an <c>Idempotency-Key</c>.</summary>
/// <param name="Earlier">The finished first request under this key; null when this is the first, or no key was sent.</param>
/// <param name="Conflict">The answer to give at once: another body under the same key, or the first still at work.</param>
internal sealed record Reservation(IdempotencyRecord? Mine, IdempotencyRecord? Earlier, IResult? Conflict);

/// <summary><c>Idempotency-Key</c>: kept 24 hours per tenant, credential, route and key.</summary>
internal static class IdempotencyKeys
{
    private const int LongestKey = 255;

    /// <param name="credential">Who asks: a token's id, or a hash of the license key.</param>
    /// <param name="body">The request, less what may differ between repeats.</param>
    public static async Task<Reservation> ReserveAsync(HttpContext http, string tenant, string credential, string route, string body)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
        {
            return new(null, null, null);
        }

        if (key.Length > LongestKey)
        {
            return new(null, null, Problems.Invalid("Idempotency-Key", "The key is longer than 255 characters."));
        }

        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var mine = new IdempotencyRecord(tenant, $"{credential} {route}", key, SHA256.HashData(Encoding.UTF8.GetBytes(body)), null, null, now);
        var there = await http.RequestServices.GetRequiredService<IIdempotencyStore>().ReserveAsync(mine, CancellationToken.None);
        return there switch
        {
            null => new(mine, null, null),
            _ when !CryptographicOperations.FixedTimeEquals(there.RequestHash, mine.RequestHash) =>
                new(null, null, Problems.Of(409, Codes.IdempotencyConflict, "This Idempotency-Key was used with another body.")),
            { Status: null } => new(null, null, Problems.Of(409, Codes.IdempotencyConflict, "The first request with this Idempotency-Key is still at work.")),
            _ => new(null, there, null),
        };
    }

    /// <summary>Keeps what was made, or gives the key back when nothing was.</summary>
    public static Task FinishAsync(HttpContext http, Reservation reservation, int? status, string? resourceId)
    {
        var store = http.RequestServices.GetRequiredService<IIdempotencyStore>();
        return reservation.Mine is not { } mine ? Task.CompletedTask
            : status is null ? store.ReleaseAsync(mine, CancellationToken.None)
            : store.CompleteAsync(mine with { Status = status, ResourceId = resourceId }, CancellationToken.None);
    }
}
