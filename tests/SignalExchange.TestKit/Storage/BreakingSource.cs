using System.Runtime.CompilerServices;
using SignalExchange.Storage.Archives;

namespace SignalExchange.TestKit.Storage;

/// <summary>Fails after so many records.</summary>
public sealed class BreakingSource(IArchiveSource source, int records) : IArchiveSource
{
    public async Task<IArchive> OpenAsync(CancellationToken cancellationToken) =>
        new BreakingArchive(await source.OpenAsync(cancellationToken), records);

    private sealed class BreakingArchive(IArchive archive, int records) : IArchive
    {
        public int ShardCount => archive.ShardCount;

        public long ExpectedRecords => archive.ExpectedRecords;

        public async IAsyncEnumerable<ArchiveRecord> ReadAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            var left = records;
            await foreach (var record in archive.ReadAsync(cancellationToken))
            {
                yield return left-- > 0 ? record : throw new InvalidDataException("It breaks off here.");
            }
        }

        public ValueTask DisposeAsync() => archive.DisposeAsync();
    }
}
