namespace Latchkey.Subjects;

/// <summary>Names of those to whom rights belong.</summary>
internal static class Subject
{
    private const string UserPrefix = "user:";
    private const string EmailPrefix = "email:";
    private const string PurchasePrefix = "purchase:";
    private const int Longest = 320;

    public static string User(string id) => UserPrefix + id;

    public static string Email(string address) => EmailPrefix + address.Trim().ToLowerInvariant();

    /// <summary>Of a purchase that names nobody.</summary>
    public static string Purchase(string id) => PurchasePrefix + id;

    public static bool IsEmail(string subject) => subject.StartsWith(EmailPrefix, StringComparison.Ordinal);

    public static bool IsUser(string subject) => subject.StartsWith(UserPrefix, StringComparison.Ordinal);

    /// <summary>Reads what a caller named: <c>user:…</c> or <c>email:…</c>. Addresses are compared in lower case.</summary>
    public static bool TryParse(string? text, out string subject)
    {
        subject = text?.Trim() ?? string.Empty;
        if (subject.Length > Longest || subject.Any(char.IsControl))
        {
            return false;
        }

        subject = IsEmail(subject) ? subject.ToLowerInvariant() : subject;
        return (IsEmail(subject) && subject.Length > EmailPrefix.Length) || (IsUser(subject) && subject.Length > UserPrefix.Length);
    }
}
