using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>The seller. Source: <c>app/models/concerns/user/as_json.rb</c>.</summary>
internal static class UserEndpoints
{
    // Whose shop the samples are from.
    private const string Name = "Inkwell Apps";

    public static void Map(ApiRoutes routes) => routes.Get("/user", Scopes.Read, call => ApiAnswer.With("user", Json(call)));

    private static JsonObject Json(ApiCall call)
    {
        var token = call.Token!;
        var isMoreShown = token.Has(Scopes.Public);
        var json = new JsonObject { ["name"] = Name };
        json.AddUnlessNull("currency_type", isMoreShown ? "usd" : null);
        json["bio"] = null;
        json["twitter_handle"] = null;
        json["id"] = StableIds.Account(call.Options.SellerId);
        json["user_id"] = call.Options.SellerId;
        json["url"] = call.Store.AbsoluteUri.TrimEnd('/');
        json["links"] = call.Ledger.Read(view => view.Products.Select(record => record.Product.Slug).ToJson());
        json.AddUnlessNull("profile_url", isMoreShown ? new Uri(call.Store, "avatar.png").AbsoluteUri : null);
        json.AddUnlessNull("email", isMoreShown ? call.Options.SellerEmail : null);
        json.AddUnlessNull("display_name", token.Has(Scopes.ViewProfile) ? Name : null);
        return json;
    }
}
