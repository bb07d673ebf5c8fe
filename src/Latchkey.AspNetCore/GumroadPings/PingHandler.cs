using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>A handler that was added.</summary>
internal abstract class PingHandler
{
    /// <summary>The type's full name; its options have it, and what one handler has finished is not finished for another.</summary>
    public abstract string Name { get; }

    public abstract Type Type { get; }

    public abstract GumroadPingHandler Make(IServiceProvider services);
}

internal sealed class PingHandlerOf<THandler> : PingHandler
    where THandler : GumroadPingHandler
{
    public override string Name => typeof(THandler).FullName!;

    public override Type Type => typeof(THandler);

    public override GumroadPingHandler Make(IServiceProvider services) => services.GetRequiredService<THandler>();
}
