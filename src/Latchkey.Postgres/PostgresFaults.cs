using Npgsql;

namespace Latchkey.Postgres;

/// <summary>What an error of the database says about who is at fault.</summary>
internal static class PostgresFaults
{
    /// <summary>A value that cannot be stored, or a constraint: the same again would fail again, and others are not to suffer for it.</summary>
    public static bool IsInTheData(PostgresException e) => e.SqlState is ['2', '2' or '3', ..] or PostgresErrorCodes.ProgramLimitExceeded;
}
