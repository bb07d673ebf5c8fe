namespace Latchkey.Gumroad.Api;

/// <summary>Whose token it is. <c>app/controllers/api/v2/users_controller.rb</c></summary>
public sealed class UserApi
{
    private readonly GumroadTransport _transport;

    internal UserApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The seller whose token is used. Any scope.</summary>
    public Task<GumroadUser> GetAsync(CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.Any, "user"), "user", ApiJson.Default.GumroadUser, ct);
}
