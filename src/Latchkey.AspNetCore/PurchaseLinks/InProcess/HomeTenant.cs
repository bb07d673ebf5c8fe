using Latchkey.Tenants;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Whose links the app that embeds Latchkey makes: the tenant named in the settings, or the only one.</summary>
internal sealed class HomeTenant(IOptions<PurchaseLinkOptions> options, ITenantStore store, TenantDirectory directory)
{
    private volatile string? _only;

    /// <exception cref="InvalidOperationException">There is none, or it is not said which one.</exception>
    public async Task<TenantContext> FindAsync(CancellationToken ct)
    {
        var id = options.Value.Tenant ?? (_only ??= await OnlyAsync(ct));
        return await directory.FindAsync(id, ct)
            ?? throw new InvalidOperationException($"{PurchaseLinkOptions.Section}:Tenant is '{id}', and there is no such tenant.");
    }

    private async Task<string> OnlyAsync(CancellationToken ct) => await store.ListAsync(null, 2, ct) switch
    {
        [var only] => only.Id,
        [] => throw new InvalidOperationException("There is no tenant yet: make one before a purchase link is made."),
        _ => throw new InvalidOperationException($"There are several tenants: say in {PurchaseLinkOptions.Section}:Tenant whose purchase links these are."),
    };
}
