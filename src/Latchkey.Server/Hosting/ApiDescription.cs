using Microsoft.AspNetCore.OpenApi;

namespace Latchkey.Server.Hosting;

/// <summary>What <c>/openapi/v1.json</c> says about itself.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Latchkey";
        document.Info.Version = "v1";
        document.Info.Description =
            "Licenses from Gumroad sales. Apps use the routes tagged Apps with a license key; sellers use the rest with a bearer token of their tenant. "
            + "Errors are application/problem+json with a stable code.";
        return Task.CompletedTask;
    });
}
