using Latchkey.Postgres.Outbox;

namespace Latchkey.Postgres.Mail;

internal static class MailSql
{
    private const string Columns = "tenant, id, license, template, state, attempts, due_at, last_error, created_at, sent_at";

    /// <summary>Three times what the sender gives a server. A node that is killed holds its mails no longer than this.</summary>
    private const string ClaimEnd = $"{Clock.Now} + 60000";

    /// <summary>Once per license and template.</summary>
    public const string Owe = $"""
        insert into mails ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (tenant, license, template) do nothing
        """;

    /// <summary>Tenants with mails that are due at $1 and that no other node than $2 has claimed.</summary>
    public const string DueTenants = $"""
        select tenant from mails
        where state = 'waiting' and due_at <= $1 and (claimed_until is null or claimed_until <= {Clock.Now} or claimed_by = $2)
        group by tenant order by min(due_at) limit $3
        """;

    /// <summary>Claims up to $4 of them for the node $3. What it has claimed already it is given again.</summary>
    public const string Claim = $"""
        update mails set claimed_by = $3, claimed_until = {ClaimEnd}
        where tenant = $1 and id in (
            select id from mails
            where tenant = $1 and state = 'waiting' and due_at <= $2 and (claimed_until is null or claimed_until <= {Clock.Now} or claimed_by = $3)
            order by due_at limit $4
            for update skip locked)
        returning {Columns}
        """;

    /// <summary>Also when it has ended: what the node $3 had claimed last, nobody else has sent.</summary>
    public const string Keep = $"update mails set claimed_until = {ClaimEnd} where tenant = $1 and id = $2 and claimed_by = $3";

    /// <summary>Only by the node $8 that has claimed it: once another one has, what that one notes counts.</summary>
    public const string Update = """
        update mails set state = $3, attempts = $4, due_at = $5, last_error = $6, sent_at = $7, claimed_by = null, claimed_until = null
        where tenant = $1 and id = $2 and claimed_by = $8
        """;

    /// <summary>What the node $2 has claimed is anybody's again.</summary>
    public const string GiveBack = """
        update mails set claimed_by = null, claimed_until = null
        where tenant = any($1) and state = 'waiting' and claimed_by = $2
        """;

    /// <summary>Ids sort by the time they were made.</summary>
    public const string List = $"select {Columns} from mails where tenant = $1 and ($2::text is null or state = $2) and id > $3 order by id limit $4";

    public const string LastOwed = "select max(created_at) from mails where tenant = $1 and license = $2";

    public const string AddCursor = "insert into outbox_cursors (tenant, consumer, position) values ($1, $2, 0) on conflict do nothing";

    /// <summary>Where the consumer stands, unless another node is reading for it just now.</summary>
    public const string TakeCursor = "select position from outbox_cursors where tenant = $1 and consumer = $2 for update skip locked";
}
