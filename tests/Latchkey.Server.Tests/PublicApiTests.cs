using Latchkey.AspNetCore;
using Latchkey.Testing;

namespace Latchkey.Server.Tests;

/// <summary>Every promise of the package, so that a change shows which one was made or broken.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_of_the_web_adapter_is_the_approved_one() => PublicApi.IsApproved(typeof(LatchkeyRoutes).Assembly);
}
