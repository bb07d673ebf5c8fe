using System.Text.Json;
using static Latchkey.Simulator.Seed.SeedCheck;

namespace Latchkey.Simulator.Seed;

/// <summary>
/// Reads what a simulator begins with from a JSON file: products, discount codes, subscriptions, API token, start time. The fields
/// are named like the properties of <see cref="SimulatorOptions"/> and <see cref="SimulatedProduct"/>, in snake_case.
/// </summary>
public static class SimulatorSeed
{
    // Refuses one thing more than the usual reader, whose other mistakes are described first.
    private static readonly SeedJson Strict = new(new JsonSerializerOptions(SeedJson.Default.Options) { AllowDuplicateProperties = false });

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It cannot be read as a seed; the message names file, place and mend.</exception>
    /// <exception cref="IOException">The file is not there or cannot be opened.</exception>
    public static SimulatorOptions Read(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
    }

    /// <summary>Reads UTF-8 JSON to its end.</summary>
    /// <exception cref="InvalidDataException">It cannot be read as a seed; the message names place and mend.</exception>
    public static SimulatorOptions Read(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var seed = Parse(json);
        var defaults = new SimulatorOptions();
        var products = seed.Products is null ? defaults.Products : SeedCatalog.Products(seed.Products);
        var options = new SimulatorOptions
        {
            StartAt = seed.StartAt?.ToUniversalTime(),
            Seed = seed.Seed,
            AccessToken = seed.AccessToken is null ? null : Text(seed.AccessToken, "$.access_token"),
            SellerId = seed.SellerId ?? defaults.SellerId,
            SellerEmail = seed.SellerEmail ?? defaults.SellerEmail,
            ShopUrl = Address(seed.ShopUrl, "$.shop_url"),
            PingUrl = Address(seed.PingUrl, "$.ping_url"),
            Products = products,
            OfferCodes = OfferCodes(seed, products, defaults),
        };
        foreach (var (subscription, path) in Each(seed.Subscriptions, "$.subscriptions"))
        {
            Subscribe(options, subscription, path);
        }

        return options;
    }

    private static SeedFile Parse(Stream json)
    {
        using var copy = new MemoryStream();
        json.CopyTo(copy);
        var text = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw Wrong("$", "is empty; write { } for a seed with nothing of its own");
        }

        SeedFile seed;
        try
        {
            seed = JsonSerializer.Deserialize(text, SeedJson.Default.SeedFile) ?? throw Wrong("$", "is null; write { } for a seed with nothing of its own");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(SeedMistake.Describe(e), e);
        }

        try
        {
            JsonSerializer.Deserialize(text, Strict.SeedFile);
            return seed;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(SeedMistake.DescribeTwice(e), e);
        }
    }

    // The default codes belong to the default products.
    private static IReadOnlyList<SimulatedOfferCode> OfferCodes(SeedFile seed, IReadOnlyList<SimulatedProduct> products, SimulatorOptions defaults) =>
        seed.OfferCodes is not null ? SeedCatalog.OfferCodes(seed.OfferCodes, products)
        : seed.Products is null ? defaults.OfferCodes
        : [];

    private static void Subscribe(SimulatorOptions options, SeedSubscription subscription, string path)
    {
        var url = Address(Text(subscription.PostUrl, path + ".post_url"), path + ".post_url")!;
        if (OneOf(subscription.ResourceName, path + ".resource_name", [.. PingResources.All]) is { } resource)
        {
            options.Subscribe(resource, url);
        }
        else
        {
            options.SubscribeAll(url);
        }
    }
}
