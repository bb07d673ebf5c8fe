namespace Latchkey.Client;

/// <summary>What an app says once about itself and its server.</summary>
public sealed class LatchkeyClientOptions
{
    /// <summary>The server's address. HTTPS, or HTTP on the loopback address.</summary>
    public Uri? Server { get; set; }

    /// <summary>The tenant's id.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>The product's code.</summary>
    public string Product { get; set; } = "";

    /// <summary>The tenant's issuer address; null for the usual one, the server's address followed by the tenant's id.</summary>
    public string? Issuer { get; set; }

    /// <summary>
    /// The root public keys built into the app, base64url, as <c>latchkey keys root</c> prints them, all of them.
    /// Only what one of them vouches for is believed.
    /// </summary>
    public IReadOnlyList<string> RootKeys { get; set; } = [];

    /// <summary>The prefixes of the product's keys; empty if all its keys are the shop's own.</summary>
    public IReadOnlyList<string> KeyPrefixes { get; set; } = [];

    /// <summary>
    /// Whether a key without one of the prefixes may be one imported from elsewhere, which only the server can tell.
    /// Keys in Gumroad's own format are always accepted.
    /// </summary>
    public bool AcceptImportedKeys { get; set; }

    /// <summary>A label for this device, for people; null for none.</summary>
    public string? DeviceName { get; set; }

    /// <summary>For example <c>win</c>, <c>mac</c>, <c>linux</c>; null for none.</summary>
    public string? Platform { get; set; }

    /// <summary>The app's version; null for none.</summary>
    public string? AppVersion { get; set; }

    /// <summary>The clock, and the timers.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Sends the requests; null for an own one that follows no redirects, since a key travels in the body. Not disposed.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>Keeps the state; null for a sealed file in the user's local application data.</summary>
    public ILeaseStorage? Storage { get; set; }

    /// <summary>Tells devices apart; null for the machine's id, or a random one kept in a file.</summary>
    public IDeviceIdSource? DeviceId { get; set; }
}
