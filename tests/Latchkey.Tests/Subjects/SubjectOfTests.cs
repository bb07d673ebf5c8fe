using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Purchases;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey.Tests.Subjects;

/// <summary>Whom a purchase belongs to, when buyers bring a user id with them that they can edit.</summary>
public class SubjectOfTests
{
    private const string Email = "mara.ito@example.org";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("correct horse battery staple");

    private static readonly TenantContext Unsigned = TenantWith(null);

    private static readonly TenantContext Signed = TenantWith(Secret);

    [Fact]
    public void A_signed_user_is_taken_with_any_text_as_his_id() => Prop.ForAll(UserIds(), id =>
        Of(Signed, SubjectOf.Sign(Secret, id)) == Subject.User(id) && Of(Unsigned, id) == Subject.User(id)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unsigned_user_falls_back_to_the_address_when_a_secret_is_set() => Prop.ForAll(UserIds(), id =>
        Of(Signed, id) == Subject.Email(Email) && Of(Signed, id + ".") == Subject.Email(Email)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_user_signed_with_another_secret_or_for_another_id_falls_back_to_the_address() => Prop.ForAll(UserIds(), UserIds(), (id, other) =>
    {
        var signature = SubjectOf.Sign(Secret, id)[(id.Length + 1)..];
        return Of(Signed, SubjectOf.Sign([.. Secret, 1], id)) == Subject.Email(Email)
            && (id == other || Of(Signed, other + "." + signature) == Subject.Email(Email));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_signature_with_any_character_changed_falls_back_to_the_address() => Prop.ForAll(UserIds(), id =>
    {
        var signed = SubjectOf.Sign(Secret, id);
        return Enumerable.Range(0, signed.Length).All(i =>
            Of(Signed, signed[..i] + (signed[i] == 'A' ? 'B' : 'A') + signed[(i + 1)..]) == Subject.Email(Email));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    public void What_is_no_id_falls_back_to_the_address(string said) => Assert.Equal(Subject.Email(Email), Of(Unsigned, said));

    [Fact]
    public void An_id_that_is_too_long_falls_back_to_the_address()
    {
        Assert.Equal(Subject.User(new string('a', 128)), Of(Unsigned, new string('a', 128)));
        Assert.Equal(Subject.Email(Email), Of(Unsigned, new string('a', 129)));
    }

    [Fact]
    public void The_field_is_the_one_the_tenant_names_and_no_other()
    {
        var custom = Unsigned with { Integration = Unsigned.Integration with { Subject = new SubjectField(SubjectSource.CustomField, "account") } };
        var charge = ACharge with { UrlParams = new Dictionary<string, string> { ["account"] = "1" }, CustomFields = new Dictionary<string, string> { ["account"] = "2" } };
        Assert.Equal("user:1", SubjectOf.Purchase(Unsigned, Sold(charge)));
        Assert.Equal("user:2", SubjectOf.Purchase(custom, Sold(charge)));
        Assert.Equal(Subject.Email(Email), SubjectOf.Purchase(Acme.Tenant, Sold(charge)));
        Assert.Null(SubjectOf.Purchase(Unsigned, Sold(charge with { Granting = false })));
    }

    private static Charge ACharge => new("sale", Granting: true) { Email = Email };

    private static string? Of(TenantContext tenant, string said) =>
        SubjectOf.Purchase(tenant, Sold(ACharge with { UrlParams = new Dictionary<string, string> { ["account"] = said } }));

    /// <summary>Texts that an id can be: short enough to be signed, without what is trimmed or refused.</summary>
    private static Arbitrary<string> UserIds() => ArbMap.Default.ArbFor<NonEmptyString>().Generator
        .Select(s => new string([.. s.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(100)]).Trim())
        .Where(s => s.Length > 0)
        .ToArbitrary();

    private static TenantContext TenantWith(byte[]? secret)
    {
        var integration = Acme.Tenant.Integration with
        {
            Subject = new SubjectField(SubjectSource.UrlParam, "account"),
            SealedSubjectSecret = secret is null ? null : IntegrationSecrets.Seal(Acme.Tenant.Id, Acme.Tenant.Secrets, IntegrationSecrets.SubjectPurpose, secret),
        };
        return Acme.With(integration: integration);
    }

    private static PurchaseFacts Sold(Charge charge) =>
        new("sale", null, [charge], SubscriptionFacts.None, [], [], [], Acme.Start, "digest");
}
