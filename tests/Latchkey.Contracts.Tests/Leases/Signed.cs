using System.Buffers.Text;
using System.Text;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

/// <summary>The published vector, and tokens signed as no honest issuer would.</summary>
internal static class Signed
{
    public const string Header = """{"alg":"EdDSA","kid":"k1","typ":"lease+jwt"}""";

    public const string Payload = """{"act":"act_01","aud":"studio","dev":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","ent":["export","sync"],"exp":1767830400,"grc":1768435200,"iat":1767225600,"iss":"https://licenses.example/acme","key":"3lfCw1RFef1zRTSGP0sUucKkcVdw8daYqjUjGUBGHIw","non":"q83vEjRWeJA","pxp":null,"rank":20,"rfr":1767247200,"rsn":null,"seq":4,"st":"active","sub":"lic_01","test":false,"tier":"pro","v":1}""";

    public const string Signature = "J2cmIGJFuT88ED5TV2zbbOaqXCu4U-SklAjeVzxGV2j6URiWaQkG4Wv9YN-TprsLzOn9pjOLU8TJHaUWUudCBw";

    public static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static Ed25519Signer Signer { get; } = new("k1", Seed);

    public static string Vector => $"{Part(Header)}.{Part(Payload)}.{Signature}";

    public static LeaseClaims Claims { get; } = new()
    {
        Iss = "https://licenses.example/acme",
        Aud = "studio",
        Sub = "lic_01",
        Act = "act_01",
        Key = "3lfCw1RFef1zRTSGP0sUucKkcVdw8daYqjUjGUBGHIw",
        Dev = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        Seq = 4,
        Iat = 1767225600,
        Rfr = 1767247200,
        Exp = 1767830400,
        Grc = 1768435200,
        St = LeaseStates.Active,
        Tier = "pro",
        Rank = 20,
        Ent = ["sync", "export", "sync"],
        Non = "q83vEjRWeJA",
    };

    public static KeysetClaims Keyset(params Jwk[] keys) =>
        new() { Iss = "https://licenses.example/acme", Seq = 7, Iat = 1767225600, Exp = 1769817600, Keys = keys };

    public static KeysetClaims Keys(string status = JwkStatus.Current) => Keyset(Jwk.Of("k1", Signer.PublicKey, status));

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public static string Token(string header, string payload)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Signer.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
