namespace Latchkey.Mail;

/// <summary>The mail server, <c>Latchkey:Smtp</c>.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "Latchkey:Smtp";

    /// <summary>Null: mails wait.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535.</summary>
    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary><c>starttls</c> (the default) or <c>none</c>, which is for a server on the same machine.</summary>
    public string Security { get; set; } = "starttls";

    /// <summary>The sender, for example <c>Acme Audio &lt;keys@acme.example&gt;</c>.</summary>
    public string? From { get; set; }

    public IEnumerable<string> Faults()
    {
        if (Host is null)
        {
            yield break;
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"{Section}:Port is {Port}; use 1 to 65535.";
        }

        if (Security is not ("starttls" or "none"))
        {
            yield return $"{Section}:Security is '{Security}'; use 'starttls' or 'none'.";
        }

        if (!System.Net.Mail.MailAddress.TryCreate(From, out _))
        {
            yield return $"{Section}:From must be a mail address, for example 'Acme Audio <keys@acme.example>'.";
        }
    }
}
