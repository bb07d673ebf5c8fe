using Latchkey.Licenses;
using Latchkey.Tenants;

namespace Latchkey.Mail;

/// <summary>The text of the mail that brings the keys of a purchase. Made when it is sent; never kept.</summary>
internal static class KeyMail
{
    /// <param name="keys">At least one.</param>
    public static OutgoingMail Of(TenantContext tenant, License license, IReadOnlyList<string> keys)
    {
        var product = tenant.Products.TryGetValue(license.Product, out var sold) ? sold.Name : license.Product;
        var (these, choose, each) = keys.Count == 1
            ? ("Your license key", "choose to enter a license key, and paste it", "it")
            : ($"Your {keys.Count} license keys", "choose to enter a license key, and paste one of them", "each");
        var devices = license.ActivationLimit switch
        {
            null => $"You can use {each} on any number of devices.",
            1 => $"You can use {each} on one device at a time.",
            var n => $"You can use {each} on up to {n} devices at a time.",
        };
        return new OutgoingMail(
            tenant.Integration.SmtpFrom,
            license.Email!,
            $"{these} for {product}",
            $"""
            Thank you for buying {product}.

            {these}:

            {string.Join('\n', keys.Select(k => "    " + k))}

            Open {product}, {choose}.
            {devices} Keep this mail: it is your proof of purchase.

            {tenant.Tenant.Name}
            """ + (license.Test ? $"\n\n(This was a test purchase; {(keys.Count == 1 ? "the key works" : "the keys work")} for seven days.)" : string.Empty));
    }
}
