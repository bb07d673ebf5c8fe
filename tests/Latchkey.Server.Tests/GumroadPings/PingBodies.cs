using System.Text;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>Bodies as Gumroad encodes them.</summary>
internal static class PingBodies
{
    public const string FormType = "application/x-www-form-urlencoded";
    public const string JsonType = "application/json";
    public const string Sale = "02_sale_licensed_card";
    public const string FullRefund = "25_refund_full";
    public const string PartialRefund = "26_refund_partial";

    private static readonly string Folder = Path.GetFullPath(Path.Combine(SourceTree.Project, "..", "Latchkey.Gumroad.Tests", "Cases"));

    public static byte[] Form(string name) => File.ReadAllBytes(Path.Combine(Folder, "pings", name + ".form"));

    public static byte[] Json(string name) => File.ReadAllBytes(Path.Combine(Folder, "pings_json", name + ".body"));

    /// <summary>The same ping as Gumroad sends it the next time.</summary>
    public static byte[] Retry(string name, int count) => [.. Form(name), .. Encoding.UTF8.GetBytes($"&retry_count={count}")];
}
