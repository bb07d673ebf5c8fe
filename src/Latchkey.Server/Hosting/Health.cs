using Latchkey.Tenants;

namespace Latchkey.Server.Hosting;

/// <summary>For whoever watches the process: is it alive, and can it take requests.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").ExcludeFromDescription();
        group.MapGet("/live", () => Results.Text("alive"));
        group.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IInstallationStore store, CancellationToken ct) =>
        await store.FindAsync(ct) is not null ? Results.Text("ready") : Results.Text("not ready", statusCode: 503);
}
