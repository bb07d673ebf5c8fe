using System.Text.Json.Serialization;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;

namespace Latchkey.Inbox;

/// <summary>The bodies of entries of our own.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SellerAct))]
[JsonSerializable(typeof(BakedSettings))]
[JsonSerializable(typeof(LinkNote))]
[JsonSerializable(typeof(GumroadRead))]
[JsonSerializable(typeof(Redemption))]
internal sealed partial class InboxJson : JsonSerializerContext;
