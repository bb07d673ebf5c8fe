namespace Latchkey.Postgres.Copying;

/// <summary>How far a pass is.</summary>
/// <param name="Table">The one it is at.</param>
/// <param name="Rows">Rows of it that were compared.</param>
internal sealed record CopyProgress(string Table, long Rows);

/// <summary>What one side has of a table.</summary>
/// <param name="Rows">How many.</param>
/// <param name="Checksum">SHA-256 in hex, over every column of every row in the order of the key, as PostgreSQL stores them.</param>
internal sealed record CopySide(long Rows, string Checksum);

/// <summary>What a pass came to for one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Source">What is there to copy.</param>
/// <param name="Destination">What PostgreSQL has now.</param>
/// <param name="Written">How many rows it was sent because their part of the table differed.</param>
internal sealed record CopiedTable(string Name, CopySide Source, CopySide Destination, long Written);
