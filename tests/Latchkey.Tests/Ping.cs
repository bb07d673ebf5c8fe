using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Tests;

/// <summary>Payloads as Gumroad would send them, with what a test wants changed.</summary>
internal static class Ping
{
    public const string ProductId = "8F_LHPDdm1JxZGU-reMQVQ==";
    public const string SaleId = "WznJu2-e_JWyHO-n4pxrqQ==";
    public const string SubscriptionId = "ydTTAJ3ViGTU6i1e3FhuFw==";
    public const string GumroadKey = "EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311";

    public static JsonObject Sale(params (string Name, JsonNode? Value)[] with) => Of("sale", with);

    public static JsonObject Refund(params (string Name, JsonNode? Value)[] with) => Of("refund", [("refunded", true), .. with]);

    public static JsonObject PartialRefund(params (string Name, JsonNode? Value)[] with) => Of("refund", with);

    public static JsonObject Dispute(params (string Name, JsonNode? Value)[] with) => Of("dispute", [("disputed", true), .. with]);

    public static JsonObject DisputeWon(params (string Name, JsonNode? Value)[] with) =>
        Of("dispute_won", [("disputed", true), ("dispute_won", true), .. with]);

    /// <summary>Charge <paramref name="number"/> of a monthly membership, one calendar month after the one before.</summary>
    public static JsonObject Charge(int number, string resource = "sale", params (string Name, JsonNode? Value)[] with) => Of(
        resource,
        [
            ("sale_id", $"charge{number}"),
            ("sale_timestamp", Time(ChargedAt(number))),
            ("subscription_id", SubscriptionId),
            ("recurrence", "monthly"),
            ("is_recurring_charge", number > 0),
            .. with,
        ]);

    public static DateTimeOffset ChargedAt(int number) => Acme.Start.AddMonths(number);

    public static byte[] ToForm(this JsonObject payload) => PingEncoder.ToForm(payload);

    public static byte[] ToJson(this JsonObject payload) => PingEncoder.ToJson(payload);

    public static byte[] Captured(string number) =>
        File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), number + "_*.form")));

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Of(string resource, IEnumerable<(string Name, JsonNode? Value)> with)
    {
        var payload = new JsonObject
        {
            ["seller_id"] = Acme.SellerId,
            ["product_id"] = ProductId,
            ["product_name"] = "Acme Studio",
            ["permalink"] = "acmestudio",
            ["product_permalink"] = "https://acme.gumroad.com/l/acmestudio",
            ["short_product_id"] = "kbdwiz",
            ["email"] = "mara.ito@example.org",
            ["price"] = 2500,
            ["currency"] = "usd",
            ["quantity"] = 1,
            ["sale_id"] = SaleId,
            ["sale_timestamp"] = Time(Acme.Start),
            ["is_gift_receiver_purchase"] = false,
            ["refunded"] = false,
            ["resource_name"] = resource,
            ["disputed"] = false,
            ["dispute_won"] = false,
        };
        foreach (var (name, value) in with)
        {
            payload[name] = value?.DeepClone();
        }

        return payload;
    }
}
