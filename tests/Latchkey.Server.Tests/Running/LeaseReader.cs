using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Tests.Running;

/// <summary>Looks into a token without asking who signed it.</summary>
internal static class LeaseReader
{
    public static JsonNode Claims(string token) => Part(token, 1);

    public static JsonNode Header(string token) => Part(token, 0);

    private static JsonNode Part(string token, int index)
    {
        var text = token.Split('.')[index].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))))!;
    }
}
