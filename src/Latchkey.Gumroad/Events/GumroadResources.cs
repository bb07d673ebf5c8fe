namespace Latchkey.Gumroad.Events;

/// <summary>The resources' names on the wire.</summary>
public static class GumroadResources
{
    private static readonly string[] Names =
    [
        "sale", "refund", "dispute", "dispute_won",
        "cancellation", "subscription_updated", "subscription_ended", "subscription_restarted",
    ];

    /// <summary>The name as Gumroad writes it, as in <c>dispute_won</c>.</summary>
    public static string Name(GumroadResource resource) => Names[(int)resource];

    /// <summary>Reads a name; case matters.</summary>
    public static bool TryParse(string? name, out GumroadResource resource)
    {
        var at = Array.IndexOf(Names, name);
        resource = at < 0 ? default : (GumroadResource)at;
        return at >= 0;
    }
}
