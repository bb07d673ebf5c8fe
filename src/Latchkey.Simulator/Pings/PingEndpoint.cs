namespace Latchkey.Simulator.Pings;

/// <summary>A subscription to one resource, or the account's own URL.</summary>
/// <param name="Id">Its id in the API.</param>
/// <param name="Resource">One of <see cref="PingResources.All"/>.</param>
/// <param name="Url">As it was given.</param>
/// <param name="Json">Decided when it is made, not when it delivers.</param>
/// <param name="ApplicationId">The OAuth application that made it; null for those of the options.</param>
/// <param name="IsTrusted">Whether it may be on a private address.</param>
internal sealed record PingEndpoint(string Id, string Resource, Uri Url, bool Json, string? ApplicationId, bool IsTrusted)
{
    public PingTarget Target => new(Url, Json, IsTrusted);
}
