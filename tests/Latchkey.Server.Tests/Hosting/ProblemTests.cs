using Latchkey.Server.Tests.Running;
using Latchkey.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Server.Tests.Hosting;

public sealed class ProblemTests(SharedServer shared)
{
    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "not_found")]
    [InlineData("GET", "/v1/tenants/acme/nothing", 404, "not_found")]
    [InlineData("DELETE", "/v1/tenants/acme/rules", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/tenants/acme/licenses/activate/now", 404, "not_found")]
    public async Task What_no_route_takes_is_a_problem_too(string method, string path, int status, string code) =>
        (await shared.Server.SendAsync(new HttpMethod(method), path, (HttpContent?)null, shared.Server.AdminToken)).MustRefuse(status, code);

    [Fact]
    public async Task Outside_the_api_a_404_has_no_body()
    {
        foreach (var path in new[] { "/", "/webhooks/gumroad", "/v2/tenants" })
        {
            var reply = await shared.Server.GetAsync(path);
            Assert.Equal((404, ""), (reply.Status, reply.Text));
        }
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_problem_that_says_nothing_about_it()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup
        {
            Adapt = builder => builder.Services.Replace(ServiceDescriptor.Singleton<IAuditStore, Broken>()),
        });
        var shop = await Shop.OpenEmptyAsync(server);
        var reply = await shop.SellerGetAsync("/audit");
        reply.MustRefuse(500, "internal_error");
        Assert.DoesNotContain("mara", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_do_not_name_the_software()
    {
        var reply = await shared.Server.GetAsync("/health/live");
        Assert.Equal(("alive", 200), (reply.Text, reply.Status));
        Assert.False(reply.Headers.Contains("Server"));
        Assert.Equal("ready", (await shared.Server.GetAsync("/health/ready")).Text);
    }

    private sealed class Broken : IAuditStore
    {
        public Task AddAsync(AuditEntry entry, CancellationToken ct) => Task.CompletedTask;

        public Task<IReadOnlyList<AuditEntry>> ListAsync(string tenant, string? after, int limit, CancellationToken ct) =>
            throw new InvalidOperationException("mara.ito@example.org");
    }
}
