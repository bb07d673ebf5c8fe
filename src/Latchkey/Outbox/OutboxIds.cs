using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;

namespace Latchkey.Outbox;

/// <summary>Names of messages.</summary>
internal static class OutboxIds
{
    private const int IdBits = 130;

    /// <summary>What receivers tell repeats by: the same for one difference, however often it is delivered, through restarts and replays.</summary>
    public static string Of(OutboxMessage message) =>
        "evt_" + Crockford32.EncodeLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Tenant}|{message.Key}")), IdBits);

    /// <summary>The key of the message that tells of a subject's version.</summary>
    public static string EntitlementsKey(string root, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{OutboxKinds.EntitlementsChanged}|{root}|{version}");
}
