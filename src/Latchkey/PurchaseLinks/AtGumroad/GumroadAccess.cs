using System.Text;
using Latchkey.Gumroad.Api;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Gumroad's API on behalf of every tenant, over shared connections.</summary>
internal sealed class GumroadAccess(GumroadOptions options, TimeProvider time, HttpMessageHandler handler) : IDisposable
{
    // Somebody may be waiting; who can wait is tried again later anyhow.
    private const int Retries = 1;
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _apiUrl = new(options.ApiUrl);

    public GumroadAccess(GumroadOptions options, TimeProvider time)
        : this(options, time, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
    }

    /// <returns>Null when the tenant has given no access token.</returns>
    public GumroadClient? Open(TenantContext tenant) =>
        IntegrationSecrets.Open(tenant.Id, tenant.Secrets, IntegrationSecrets.GumroadPurpose, tenant.Integration.SealedGumroadToken) is { } token
            ? new GumroadClient(_http, new GumroadClientOptions
            {
                AccessToken = Encoding.UTF8.GetString(token),
                ApiUrl = _apiUrl,
                TimeProvider = time,
                MaxRetries = Retries,
                Timeout = OneAttempt,
            })
            : null;

    public void Dispose() => _http.Dispose();
}
