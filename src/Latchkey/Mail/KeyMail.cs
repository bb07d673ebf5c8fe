using Latchkey.Licenses;
using Latchkey.Tenants;

namespace Latchkey.Mail;

/// <summary>The text of the mail that brings a key. Made when it is sent; never kept.</summary>
internal static class KeyMail
{
    public static OutgoingMail Of(TenantContext tenant, License license, string key)
    {
        var product = tenant.Products.TryGetValue(license.Product, out var sold) ? sold.Name : license.Product;
        var devices = license.ActivationLimit switch
        {
            null => "You can use it on any number of devices.",
            1 => "You can use it on one device at a time.",
            var n => $"You can use it on up to {n} devices at a time.",
        };
        return new OutgoingMail(
            tenant.Integration.SmtpFrom,
            license.Email!,
            $"Your license key for {product}",
            $"""
            Thank you for buying {product}.

            Your license key:

                {key}

            Open {product}, choose to enter a license key, and paste it.
            {devices} Keep this mail: it is your proof of purchase.

            {tenant.Tenant.Name}
            """ + (license.Test ? "\n\n(This was a test purchase; the key works for seven days.)" : string.Empty));
    }
}
