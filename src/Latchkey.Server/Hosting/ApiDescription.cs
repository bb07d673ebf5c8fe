using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Latchkey.Server.Hosting;

/// <summary>What <c>/openapi/v1.json</c> says beyond what the routes say of themselves.</summary>
internal static class ApiDescription
{
    private const string Bearer = "bearer";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Latchkey";
        document.Info.Version = "v1";
        document.Info.Description =
            "Licenses from Gumroad sales. Apps use the routes tagged Apps with a license key; sellers use the rest with a bearer token of their tenant. "
            + "Errors are application/problem+json with a stable code.";
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "A token of the tenant, or the admin token.",
        });
        foreach (var (path, item) in document.Paths)
        {
            Describe(document, path, item);
        }

        return Task.CompletedTask;
    });

    /// <summary>The tenant in a path is read by the authorization, not by the handlers, so they do not declare it.</summary>
    private static void Describe(OpenApiDocument document, string path, IOpenApiPathItem item)
    {
        foreach (var operation in item.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
        {
            if (path.Contains("{tenant}", StringComparison.Ordinal) && operation.Parameters?.Any(p => p.Name == "tenant") is not true)
            {
                operation.Parameters = [Tenant(), .. operation.Parameters ?? []];
            }

            if (!IsPublic(operation))
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            }
        }
    }

    private static bool IsPublic(OpenApiOperation operation) =>
        operation.Tags?.Any(t => t.Name == "Apps") is true || operation.OperationId is "GetKeyset" or "GetRoots" or "GetJwks";

    private static OpenApiParameter Tenant() => new()
    {
        Name = "tenant",
        In = ParameterLocation.Path,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
