using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client changes what belongs to the simulator's products.</summary>
public class ClientVariantTests : ApiTest
{
    [Fact]
    public async Task Offer_codes_are_made_used_up_changed_and_deleted()
    {
        var shop = await OpenAsync();
        var id = ProductId(shop, "inkwell");
        var codes = ClientOf(shop).OfferCodes;

        var made = await codes.CreateAsync(id, NewOfferCode.PercentOff("ONE-4711", 100) with { MaxPurchaseCount = 1 });
        var universal = await codes.CreateAsync(id, NewOfferCode.CentsOff("MINUS5", 500) with { IsUniversal = true });
        var sale = await shop.BuyAsync(Inkwell with { OfferCode = "one-4711" });
        await Assert.ThrowsAsync<ArgumentException>(() => shop.BuyAsync(Inkwell with { OfferCode = "ONE-4711" }));
        var used = await codes.GetAsync(id, made.Id);
        var changed = await codes.UpdateAsync(id, made.Id, 5);
        var taken = await Assert.ThrowsAsync<GumroadRefusedException>(() => codes.CreateAsync(id, NewOfferCode.PercentOff("one-4711", 5)));
        await codes.DeleteAsync(id, made.Id);

        Assert.Equal((0, "ONE-4711"), (sale.PriceUsdCents, sale.OfferCode));
        Assert.True(universal is { IsUniversal: true, AmountOffCents: 500, PercentOff: null });
        Assert.Equal((1, 5), (used.TimesUsed, changed.MaxPurchaseCount));
        Assert.Equal("Discount code must be unique.", taken.Words);
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => codes.GetAsync(id, made.Id));
        Assert.Contains(await codes.ListAsync(ProductId(shop, "brushpack")), code => code.Code == "MINUS5");
    }

    [Fact]
    public async Task Variants_keep_their_ids_when_they_are_renamed_and_can_be_bought()
    {
        var shop = await OpenAsync();
        var id = ProductId(shop, "inkwell");
        var client = ClientOf(shop);

        var category = await client.VariantCategories.CreateAsync(id, "Edition");
        var unchosen = await shop.BuyAsync(Inkwell);
        var studio = await client.Variants.CreateAsync(id, category.Id, new NewVariant("Studio") { PriceDifferenceCents = 1000, Description = "For five", MaxPurchaseCount = 2 });
        var renamed = await client.Variants.UpdateAsync(id, category.Id, studio.Id, new VariantChanges { Name = "Studio & Co" });
        var retitled = await client.VariantCategories.UpdateAsync(id, category.Id, "Licence");
        var sale = await shop.BuyAsync(Inkwell with { Variants = new Dictionary<string, string> { ["Licence"] = "Studio & Co" } });

        Assert.Empty(unchosen.Variants);
        Assert.Equal((studio.Id, 1000, "For five", 2), (renamed.Id, renamed.PriceDifferenceCents, renamed.Description, renamed.MaxPurchaseCount));
        Assert.Equal(category.Id, retitled.Id);
        Assert.Equal(studio.Id, Assert.Single(await client.Variants.ListAsync(id, category.Id)).Id);
        Assert.Equal(3900, sale.PriceUsdCents);
    }

    [Fact]
    public async Task A_category_outlives_its_last_variant()
    {
        var shop = await OpenAsync();
        var id = ProductId(shop, "brushpack");
        var client = ClientOf(shop);
        var category = Assert.Single(await client.VariantCategories.ListAsync(id));

        foreach (var variant in await client.Variants.ListAsync(id, category.Id))
        {
            await client.Variants.DeleteAsync(id, category.Id, variant.Id);
        }

        Assert.Equal("Edition", (await client.VariantCategories.GetAsync(id, category.Id)).Title);
        Assert.Empty(await client.Variants.ListAsync(id, category.Id));
        await client.VariantCategories.DeleteAsync(id, category.Id);
        Assert.Empty(await client.VariantCategories.ListAsync(id));
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => client.VariantCategories.GetAsync(id, category.Id));
    }

    [Fact]
    public async Task Custom_fields_go_by_their_names()
    {
        var shop = await OpenAsync();
        var id = ProductId(shop, "inkwell");
        var fields = ClientOf(shop).CustomFields;

        var made = await fields.CreateAsync(id, "Name / Company & Team", required: false);
        var changed = await fields.UpdateAsync(id, made.Name!, required: true);
        await Assert.ThrowsAsync<ArgumentException>(() => shop.BuyAsync(Inkwell));
        var listed = await fields.ListAsync(id);
        await fields.DeleteAsync(id, made.Name!);

        Assert.Equal((false, true), (made.IsRequired, changed.IsRequired));
        Assert.Equal([id], Assert.Single(listed).ProductIds);
        Assert.Empty(await fields.ListAsync(id));
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => fields.DeleteAsync(id, made.Name!));
        await Assert.ThrowsAsync<GumroadRefusedException>(() => fields.CreateAsync(id, "X", required: false, type: "colour"));
    }

    [Fact]
    public async Task Skus_are_those_of_the_product()
    {
        var shop = await OpenAsync();
        var skus = ClientOf(shop).Skus;

        Assert.Equal(["Smooth", "Rough"], (await skus.ListAsync(ProductId(shop, "sketchbook"))).Select(sku => sku.Name));
        Assert.Empty(await skus.ListAsync(ProductId(shop, "inkwell")));
    }
}
