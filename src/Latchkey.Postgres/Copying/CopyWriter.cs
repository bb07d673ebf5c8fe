using System.Security.Cryptography;
using Npgsql;

namespace Latchkey.Postgres.Copying;

/// <summary>Brings one table to what its source has: part by part, and writes only the parts that differ.</summary>
internal sealed class CopyWriter(NpgsqlConnection connection, CopyTarget target, IProgress<CopyProgress> progress)
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n"u8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xff, 0xff];

    private readonly PostgresSession _session = new(connection);
    private readonly IncrementalHash _source = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _destination = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _sourceRows;
    private long _destinationRows;
    private long _written;

    /// <exception cref="InvalidOperationException">PostgreSQL keeps something else than it was sent.</exception>
    public async Task<CopiedTable> WriteAsync(CancellationToken ct)
    {
        var chunk = new CopyChunk(target);
        object[]? after = null;
        foreach (var row in target.Table.Rows())
        {
            if (chunk.IsFull)
            {
                await SettleAsync(chunk, new CopyRange(after, chunk.Key), ct);
                after = chunk.Key;
                chunk.Clear();
            }

            chunk.Add(row);
        }

        // To the end of the table, so that what is there no more goes here too.
        await SettleAsync(chunk, new CopyRange(after, null), ct);
        using (_source)
        using (_destination)
        {
            return new(
                target.Table.Name,
                new(_sourceRows, Convert.ToHexStringLower(_source.GetHashAndReset())),
                new(_destinationRows, Convert.ToHexStringLower(_destination.GetHashAndReset())),
                _written);
        }
    }

    private async Task SettleAsync(CopyChunk chunk, CopyRange range, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var digest = chunk.Digest;
        var there = await DigestAsync(range);
        if (!IsSame(chunk, digest, there))
        {
            there = await ReplaceAsync(chunk, range, ct);
            if (!IsSame(chunk, digest, there))
            {
                throw new InvalidOperationException($"PostgreSQL keeps something else in {target} than it was sent. Does its encoding differ from UTF8, or does anybody else write there?");
            }

            _written += chunk.Rows;
        }

        _source.AppendData(digest);
        _destination.AppendData(there.Digest);
        _sourceRows += chunk.Rows;
        _destinationRows += there.Rows;
        progress.Report(new(target.Table.Name, _sourceRows));
    }

    private static bool IsSame(CopyChunk chunk, byte[] digest, (long Rows, byte[] Digest) there) =>
        there.Rows == chunk.Rows && there.Digest.AsSpan().SequenceEqual(digest);

    private async Task<(long Rows, byte[] Digest)> ReplaceAsync(CopyChunk chunk, CopyRange range, CancellationToken ct)
    {
        try
        {
            return await ReplaceAsync(chunk, range, range, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A later part still has, from an earlier pass, what is in this one now. Without it there is no conflict, and its turn comes.
            return await ReplaceAsync(chunk, range, range with { UpTo = null }, ct);
        }
    }

    /// <summary>One transaction.</summary>
    private async Task<(long Rows, byte[] Digest)> ReplaceAsync(CopyChunk chunk, CopyRange range, CopyRange gone, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var table in target.ReferringTables.Append(target.Table.Name))
        {
            await _session.ExecuteAsync(target.Delete(table, gone), gone.Values);
        }

        await using (var stream = await connection.BeginRawBinaryCopyAsync(target.Copy, ct))
        {
            await stream.WriteAsync(Header, ct);
            await stream.WriteAsync(chunk.Bytes, ct);
            await stream.WriteAsync(Trailer, ct);
        }

        var there = await DigestAsync(range);
        await transaction.CommitAsync(ct);
        return there;
    }

    private async Task<(long Rows, byte[] Digest)> DigestAsync(CopyRange range) =>
        await _session.FirstAsync(target.Digest(range), r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1)), range.Values);
}
