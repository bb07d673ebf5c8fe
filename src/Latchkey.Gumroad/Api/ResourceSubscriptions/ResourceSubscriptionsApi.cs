using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Api;

/// <summary>Where Gumroad posts pings to. <c>app/controllers/api/v2/resource_subscriptions_controller.rb</c></summary>
public sealed class ResourceSubscriptionsApi
{
    private readonly GumroadTransport _transport;

    internal ResourceSubscriptionsApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The seller's subscriptions to one kind of event, of all applications. Scope <c>view_sales</c>.</summary>
    public Task<IReadOnlyList<ResourceSubscription>> ListAsync(GumroadResource resource, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.ViewSales, "resource_subscriptions").With("resource_name", GumroadResources.Name(resource)),
            "resource_subscriptions", ApiJson.Default.IReadOnlyListResourceSubscription, ct);

    /// <summary>All of them: Gumroad lists one kind at a time, so this makes eight calls, one after another. Scope <c>view_sales</c>.</summary>
    public async Task<IReadOnlyList<ResourceSubscription>> ListAllAsync(CancellationToken ct = default)
    {
        var all = new List<ResourceSubscription>();
        foreach (var resource in Enum.GetValues<GumroadResource>())
        {
            all.AddRange(await ListAsync(resource, ct).ConfigureAwait(false));
        }

        return all;
    }

    /// <summary>Subscribes an address to one kind of event. Scope <c>view_sales</c>, and a token that belongs to an application.</summary>
    /// <remarks>Gumroad makes another one each time, even if it has an equal one, and then delivers twice: list first. So it is sent once.</remarks>
    /// <param name="postUrl">Absolute http or https address; Gumroad refuses local and private ones. Its query is kept, so a secret can stand in it.</param>
    /// <exception cref="GumroadRefusedException">Gumroad does not take the address.</exception>
    public Task<ResourceSubscription> CreateAsync(GumroadResource resource, Uri postUrl, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(postUrl);
        return _transport.SendAsync(
            GumroadCall.Once(HttpMethod.Put, Scopes.ViewSales, "resource_subscriptions")
                .With("resource_name", GumroadResources.Name(resource))
                .WithSecret("post_url", postUrl.OriginalString),
            "resource_subscription", ApiJson.Default.ResourceSubscription, ct);
    }

    /// <summary>Ends a subscription that this token's application made. Scope <c>view_sales</c>.</summary>
    /// <exception cref="GumroadNotFoundException">There is none, or another application made it.</exception>
    public Task DeleteAsync(string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.ViewSales, "resource_subscriptions", id), ct);
}
