using System.Text.Json.Nodes;

namespace Latchkey.Tests.Rights;

/// <summary>What Gumroad sends about one membership, as real payloads.</summary>
internal static class Member
{
    public static JsonObject Charge(int number, string? tier, params (string Name, JsonNode? Value)[] with) =>
        Of(number, "sale", tier, with);

    /// <summary>A refund, dispute or won dispute of a charge.</summary>
    public static JsonObject Of(int number, string resource, string? tier, params (string Name, JsonNode? Value)[] with) =>
        Ping.Charge(number, resource, [.. tier is null ? [] : new (string, JsonNode?)[] { ("variants", new JsonObject { ["Tier"] = tier }) }, .. with]);

    // By: as in cancelled_by_buyer; by_buyer, by_seller, by_admin or due_to_payment_failures.
    public static JsonObject Cancellation(DateTimeOffset? at, string by = "by_buyer", params (string Name, JsonNode? Value)[] with) =>
        Event("cancellation", [("cancelled", true), ("cancelled_at", Text(at)), ($"cancelled_{by}", true), .. with]);

    public static JsonObject Ended(DateTimeOffset? at, string? reason = "cancelled") =>
        Event("subscription_ended", [("ended_at", Text(at)), ("ended_reason", reason)]);

    public static JsonObject Restarted(DateTimeOffset? at) => Event("subscription_restarted", [("restarted_at", Text(at))]);

    public static JsonObject Upgrade(DateTimeOffset? at, JsonObject? old, JsonObject plan) => Updated("upgrade", at, old, plan);

    public static JsonObject Downgrade(DateTimeOffset? at, JsonObject? old, JsonObject plan) => Updated("downgrade", at, old, plan);

    public static JsonObject Plan(string? tier, string? recurrence = "monthly", int? seats = 1, long? cents = null)
    {
        var plan = new JsonObject { ["recurrence"] = recurrence, ["price_cents"] = cents, ["quantity"] = seats };
        if (tier is not null)
        {
            plan["tier"] = new JsonObject { ["id"] = $"tier-{tier.ToLowerInvariant()}", ["name"] = tier };
        }

        return plan;
    }

    private static JsonObject Updated(string type, DateTimeOffset? at, JsonObject? old, JsonObject plan) =>
        Event("subscription_updated", [("type", type), ("effective_as_of", Text(at)), ("old_plan", old), ("new_plan", plan)]);

    private static string? Text(DateTimeOffset? at) => at is { } time ? Ping.Time(time) : null;

    private static JsonObject Event(string resource, (string Name, JsonNode? Value)[] with)
    {
        var payload = new JsonObject
        {
            ["subscription_id"] = Ping.SubscriptionId,
            ["product_id"] = Ping.ProductId,
            ["product_name"] = "Acme Studio",
            ["user_email"] = "mara.ito@example.org",
            ["created_at"] = Ping.Time(Acme.Start),
            ["recurrence"] = "monthly",
            ["free_trial_ends_at"] = null,
            ["resource_name"] = resource,
        };
        foreach (var (name, value) in with)
        {
            payload[name] = value?.DeepClone();
        }

        return payload;
    }
}
