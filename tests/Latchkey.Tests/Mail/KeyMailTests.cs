using System.Runtime.CompilerServices;
using System.Text;
using Latchkey.Mail;
using Latchkey.Tenants;

namespace Latchkey.Tests.Mail;

public class KeyMailTests
{
    private const string Key = "ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A";
    private const string Second = "ACME-9T3ND-0Q7WE-5RB2M-HC6XJ-4VK8P";

    [Fact]
    public void The_key_mail_is_the_approved_one()
    {
        var custom = Acme.With(integration: new Integration(SmtpFrom: "Acme Audio <keys@acme.example>"));
        var text = new StringBuilder();
        Add(text, "Three devices, the tenant's own sender", KeyMail.Of(custom, TestLicense.Of(limit: 3), [Key]));
        Add(text, "One device", KeyMail.Of(Acme.Tenant, TestLicense.Of(limit: 1), [Key]));
        Add(text, "Any number of devices, a test purchase", KeyMail.Of(Acme.Tenant, TestLicense.Of(limit: null, isTest: true), [Key]));
        Add(text, "A product that is no longer there", KeyMail.Of(Acme.Tenant, TestLicense.Of() with { Product = "editor" }, [Key]));
        Add(text, "Two keys", KeyMail.Of(Acme.Tenant, TestLicense.Of(limit: 2), [Key, Second]));
        Add(text, "Two keys of a test purchase", KeyMail.Of(Acme.Tenant, TestLicense.Of(limit: 1, isTest: true), [Key, Second]));
        Matches(text.ToString(), "KeyMail.txt");
    }

    private static void Add(StringBuilder text, string what, OutgoingMail mail) =>
        text.Append($"=== {what}\nFrom: {mail.From ?? "(the installation's sender)"}\nTo: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text}\n\n");

    private static void Matches(string actual, string name, [CallerFilePath] string from = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(from)!, "../Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }
}
