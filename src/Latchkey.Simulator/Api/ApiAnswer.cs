using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>What a call is answered. Source: <c>app/controllers/api/v2/base_controller.rb</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; null for an empty one.</param>
/// <param name="Text">Plain text instead of a JSON body.</param>
internal sealed record ApiAnswer(int Status, JsonObject? Body, string? Text = null)
{
    /// <summary>Too many calls. Source: <c>config/initializers/rack_attack.rb</c>.</summary>
    public static ApiAnswer RetryLater { get; } = new(429, null, "Retry later\n");

    /// <summary>An object or a list under its name.</summary>
    public static ApiAnswer With(string name, JsonNode thing) => new(200, new JsonObject { ["success"] = true, [name] = thing });

    public static ApiAnswer Success() => new(200, new JsonObject { ["success"] = true });

    public static ApiAnswer Deleted(string thing) => new(200, new JsonObject { ["success"] = true, ["message"] = $"The {thing} was deleted successfully." });

    /// <summary>Status 200, as Gumroad has it.</summary>
    public static ApiAnswer NotFound(string thing) => Refused($"The {thing} was not found.");

    /// <summary>Status 200 too.</summary>
    public static ApiAnswer Refused(string message) => Failure(200, message);

    public static ApiAnswer Failure(int status, string message) => new(status, new JsonObject { ["success"] = false, ["message"] = message });

    /// <summary>Without <c>success</c>.</summary>
    public static ApiAnswer BadRequest(string error) => new(400, new JsonObject { ["status"] = 400, ["error"] = error });

    /// <summary>A path that does not exist, or somebody else's thing: <c>error</c>, not <c>message</c>.</summary>
    public static ApiAnswer Missing() => new(404, new JsonObject { ["success"] = false, ["error"] = "Not found" });
}
