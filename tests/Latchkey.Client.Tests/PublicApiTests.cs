using Latchkey.Testing;

namespace Latchkey.Client.Tests;

/// <summary>Every promise of the package, so that a change shows which one was made or broken.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Public_surface_is_the_approved_one() => PublicApi.IsApproved(typeof(LatchkeyClient).Assembly);

    [Fact]
    public void Nothing_but_the_base_library_and_the_contracts_is_referenced()
    {
        var references = typeof(LatchkeyClient).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.DoesNotContain(references, n => !n.StartsWith("System.", StringComparison.Ordinal) && n != "Latchkey.Contracts");
    }
}
