using Latchkey.Gumroad.Pings;
using Latchkey.Testing;

namespace Latchkey.Gumroad.Tests;

/// <summary>Every promise of the package, so that a change shows which one was made or broken.</summary>
public class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_approved_one() => PublicApi.IsApproved(typeof(PingDecoder).Assembly);
}
