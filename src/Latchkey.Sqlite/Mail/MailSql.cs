namespace Latchkey.Sqlite.Mail;

internal static class MailSql
{
    private const string Columns = "tenant, id, license, template, state, attempts, due_at, last_error, created_at, sent_at";

    /// <summary>Once per license and template.</summary>
    public const string Owe = $"""
        insert into mails ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant, license, template) do nothing
        """;

    public const string Due = $"select {Columns} from mails where state = 'waiting' and due_at <= $1 order by due_at limit $2";

    public const string Update = "update mails set state = $3, attempts = $4, due_at = $5, last_error = $6, sent_at = $7 where tenant = $1 and id = $2";

    /// <summary>Ids sort by the time they were made.</summary>
    public const string List = $"select {Columns} from mails where tenant = $1 and ($2 is null or state = $2) and id > $3 order by id limit $4";

    public const string LastOwed = "select max(created_at) from mails where tenant = $1 and license = $2";
}
