using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Latchkey.Contracts.Keys;
using Latchkey.Contracts.Leases;

namespace Latchkey.Client.Tests;

/// <summary>A server small enough to lie on purpose: it signs real leases and can be told what to get wrong.</summary>
internal sealed class FakeServer(ManualTime time) : HttpMessageHandler
{
    public const string Issuer = "https://licenses.example/acme";

    private readonly Channel<string> _arrivals = Channel.CreateUnbounded<string>();
    private int _serial;

    public Ed25519Signer Root { get; } = new("root1", [.. Enumerable.Repeat((byte)9, 32)]);

    public Ed25519Signer Signer { get; set; } = new("k1", [.. Enumerable.Repeat((byte)1, 32)]);

    public KeysetClaims Keyset { get; set; } = new() { Iss = Issuer, Seq = 0, Iat = 0, Exp = 0, Keys = [] };

    /// <summary>The server's own clock, which is right whatever the device's says.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = time.GetUtcNow;

    /// <summary>What the next leases say differently.</summary>
    public Func<LeaseClaims, LeaseClaims> Alter { get; set; } = c => c;

    /// <summary>Answers instead of the server; null lets the server answer.</summary>
    public Func<string, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Every request as "verb body".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentDictionary<string, string> Activations { get; } = new();

    public string? LastLease { get; private set; }

    public int Count(string verb) => Requests.Count(r => r.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>The verb of the next request, in the order of arrival.</summary>
    public async Task<string> NextAsync() => await _arrivals.Reader.ReadAsync(Patience.Token);

    public void Publish(params (Ed25519Signer Key, string Status)[] keys) => Keyset = Keyset with
    {
        Seq = Keyset.Seq + 1,
        Iat = Clock().ToUnixTimeSeconds(),
        Exp = Clock().AddDays(400).ToUnixTimeSeconds(),
        Keys = [.. keys.Select(k => Jwk.Of(k.Key.KeyId, k.Key.PublicKey, k.Status))],
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.StartsWith("https://licenses.example/v1/tenants/acme/", request.RequestUri!.ToString(), StringComparison.Ordinal);
        var verb = request.RequestUri!.Segments[^1];
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Enqueue($"{verb} {body}");
        _arrivals.Writer.TryWrite(verb);
        return Instead(verb) ?? verb switch
        {
            "activate" => Activate(JsonSerializer.Deserialize(body, ContractsJson.Default.ActivateRequest)!),
            "validate" => Validate(JsonSerializer.Deserialize(body, ContractsJson.Default.ValidateRequest)!),
            "deactivate" => Deactivate(JsonSerializer.Deserialize(body, ContractsJson.Default.DeactivateRequest)!),
            "keyset" => Json(HttpStatusCode.OK, JsonSerializer.Serialize(new() { Keyset = KeysetToken.Write(Keyset, Root) }, ContractsJson.Default.KeysetReply)),
            _ => new(HttpStatusCode.NotFound),
        };
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refusal(HttpStatusCode status, Problem problem) =>
        Json(status, JsonSerializer.Serialize(problem, ContractsJson.Default.Problem));

    private HttpResponseMessage Activate(ActivateRequest r)
    {
        var id = Activations.GetOrAdd($"{r.Key} {r.Device!.Hash}", _ => $"act_{Interlocked.Increment(ref _serial)}");
        var reply = new ActivateReply
        {
            Created = true,
            Activation = new() { Id = id, CreatedAt = Clock() },
            License = new() { Id = "lic_1", State = "active" },
            Lease = Lease(r.Key!, r.Product!, r.Device.Hash!, id, r.Nonce!),
        };
        return Json(HttpStatusCode.Created, JsonSerializer.Serialize(reply, ContractsJson.Default.ActivateReply));
    }

    private HttpResponseMessage Validate(ValidateRequest r)
    {
        var lease = Lease(r.Key!, r.Product!, r.Device!.Hash!, r.ActivationId!, r.Nonce!);
        return Json(HttpStatusCode.OK, JsonSerializer.Serialize(new() { Valid = true, Code = Codes.Ok, Lease = lease }, ContractsJson.Default.ValidateReply));
    }

    private HttpResponseMessage Deactivate(DeactivateRequest r)
    {
        var released = Activations.FirstOrDefault(a => a.Value == r.ActivationId).Key is { } slot && Activations.TryRemove(slot, out _);
        return Json(HttpStatusCode.OK, JsonSerializer.Serialize(new() { Released = released }, ContractsJson.Default.DeactivateReply));
    }

    private string Lease(string key, string product, string device, string activation, string nonce)
    {
        var now = Clock().ToUnixTimeSeconds();
        return LastLease = LeaseToken.Write(Alter(new()
        {
            Iss = Issuer,
            Aud = product,
            Sub = "lic_1",
            Act = activation,
            Key = ForeignKey.Hash(key),
            Dev = device,
            Seq = Clock().ToUnixTimeMilliseconds() + Interlocked.Increment(ref _serial),
            Iat = now,
            Rfr = now + 6 * 3600,
            Exp = now + 7 * 86400,
            Grc = now + 14 * 86400,
            St = LeaseStates.Active,
            Tier = "pro",
            Rank = 20,
            Ent = ["export", "sync"],
            Non = nonce,
        }), Signer);
    }
}
