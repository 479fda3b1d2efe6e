using System.Runtime.CompilerServices;

namespace SignalExchange.Storage.Archives;

/// <summary>Copies everything from one place to another: a backup, a restoration and a move between engines are this.</summary>
/// <remarks>
/// (1) What is read is put into digests, and written; a target takes all of it or nothing. (2) What was written is read back. (3) The
/// digests are compared.
/// </remarks>
public static class ArchiveCopy
{
    private const int RecordsAStep = 4096;

    /// <summary>Copies.</summary>
    /// <param name="source">From where.</param>
    /// <param name="target">To where; empty.</param>
    /// <param name="progress">Told now and then, and at the end of both ways.</param>
    /// <param name="cancellationToken">Ends it; the target is then as it was, unless the reading back had begun.</param>
    /// <returns>The digests of what both hold.</returns>
    /// <exception cref="StorageFormatException">One of them cannot be used, or what was written is not what was read.</exception>
    public static async Task<ArchiveDigests> RunAsync(
        IArchiveSource source,
        IArchiveTarget target,
        Action<ArchiveStep> progress,
        CancellationToken cancellationToken
    )
    {
        ArchiveDigests read;
        long records;
        await using (var archive = await source.OpenAsync(cancellationToken))
        {
            using var hash = new ArchiveHash();
            var passing = Pass(archive, hash, progress, isVerifying: false, cancellationToken);
            await target.WriteAsync(archive.ShardCount, passing, cancellationToken);
            (read, records) = (hash.ToDigests(), hash.Records);
        }

        var written = await DigestAsync(target.ToSource(), records, progress, cancellationToken);
        var differing = read.DifferenceTo(written);
        return differing.Count == 0
            ? read
            : throw new StorageFormatException(
                $"What was written is not what was read, in: {string.Join(", ", differing)}. Do not use the target."
            );
    }

    private static async Task<ArchiveDigests> DigestAsync(
        IArchiveSource source,
        long expected,
        Action<ArchiveStep> progress,
        CancellationToken cancellationToken
    )
    {
        await using var archive = await source.OpenAsync(cancellationToken);
        using var hash = new ArchiveHash();
        await foreach (var _ in Pass(archive, hash, progress, isVerifying: true, cancellationToken, expected)) { }

        return hash.ToDigests();
    }

    private static async IAsyncEnumerable<ArchiveRecord> Pass(
        IArchive archive,
        ArchiveHash hash,
        Action<ArchiveStep> progress,
        bool isVerifying,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        long? expected = null
    )
    {
        await foreach (var record in archive.ReadAsync(cancellationToken))
        {
            hash.Add(record);
            if (hash.Records % RecordsAStep == 0)
            {
                progress(new(isVerifying, hash.Records, expected ?? archive.ExpectedRecords));
            }

            yield return record;
        }

        progress(new(isVerifying, hash.Records, hash.Records));
    }
}
