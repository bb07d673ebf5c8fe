using Microsoft.Extensions.DependencyInjection;

namespace Latchkey;

/// <summary>What <c>AddLatchkey</c> returns: choose a store on it.</summary>
public sealed class LatchkeyBuilder
{
    internal LatchkeyBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }
}
