using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Inbox;
using Latchkey.AspNetCore.Leases;
using Latchkey.AspNetCore.Licenses;
using Latchkey.AspNetCore.Mail;
using Latchkey.AspNetCore.Products;
using Latchkey.AspNetCore.Purchases;
using Latchkey.AspNetCore.Subjects;
using Latchkey.AspNetCore.Tenants;
using Latchkey.Contracts.Leases;

namespace Latchkey.AspNetCore.Web;

/// <summary>Every JSON text of the seller's API. What it does not know it refuses: a misspelled field would be taken for one left out.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PingReply))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(TenantPatch))]
[JsonSerializable(typeof(TenantReply))]
[JsonSerializable(typeof(Page<TenantReply>))]
[JsonSerializable(typeof(IntegrationBody))]
[JsonSerializable(typeof(IntegrationReply))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(Page<TokenReply>))]
[JsonSerializable(typeof(Page<AuditReply>))]
[JsonSerializable(typeof(ProductBody))]
[JsonSerializable(typeof(Page<ProductBody>))]
[JsonSerializable(typeof(KeyTypeBody))]
[JsonSerializable(typeof(Page<KeyTypeBody>))]
[JsonSerializable(typeof(RulesBody))]
[JsonSerializable(typeof(RulesReply))]
[JsonSerializable(typeof(RulePreviewBody))]
[JsonSerializable(typeof(RulePreviewReply))]
[JsonSerializable(typeof(PushBody))]
[JsonSerializable(typeof(PushReply))]
[JsonSerializable(typeof(EntryReply))]
[JsonSerializable(typeof(Page<EntrySummary>))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(ReplayLine))]
[JsonSerializable(typeof(PurchaseReply))]
[JsonSerializable(typeof(Page<PurchaseReply>))]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(EntitlementsReply))]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(LicenseReply))]
[JsonSerializable(typeof(Page<LicenseReply>))]
[JsonSerializable(typeof(SuspendBody))]
[JsonSerializable(typeof(ExtendBody))]
[JsonSerializable(typeof(RevealReply))]
[JsonSerializable(typeof(Page<ActivationReply>))]
[JsonSerializable(typeof(ResendReply))]
[JsonSerializable(typeof(RootsReply))]
[JsonSerializable(typeof(RotateBody))]
[JsonSerializable(typeof(RotateReply))]
[JsonSerializable(typeof(Page<MailReply>))]
[JsonSerializable(typeof(JwkSet))]
internal sealed partial class WebJson : JsonSerializerContext
{
    public static Microsoft.AspNetCore.Http.IResult Ok<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, int status = 200) =>
        new JsonReply<T>(value, type, status);
}
