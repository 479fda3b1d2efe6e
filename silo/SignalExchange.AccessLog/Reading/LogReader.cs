using System.Runtime.CompilerServices;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Formats;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads the log: full bundles from their files, the rest from the tail.</summary>
internal sealed class LogReader(IAccessLogStore store, PublishedLog log, LogState state, KeyRing keys)
{
    private const int PageSize = 1024;

    private readonly string _name = log.Lease.Log;

    /// <summary>Reads entries in order.</summary>
    public async IAsyncEnumerable<LoggedEntry> ReadAsync(
        long first,
        long count,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (tiles, end) = (NewTiles(), first + Math.Min(count, Math.Max(0, state.Head - first)));
        for (var next = first; next < end; )
        {
            var page = await ReadPageAsync(tiles, next, cancellationToken);
            foreach (var record in page.Take((int)Math.Min(page.Count, end - next)))
            {
                yield return Open(next++, record);
            }
        }
    }

    /// <summary>Returns a reader of tiles that knows nothing yet.</summary>
    public AuthenticTiles NewTiles() => new(new(store, _name), log.Tree, _name);

    /// <summary>Reads the bytes of an entry.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadEntryAsync(long index, CancellationToken cancellationToken) =>
        (await ReadPageAsync(NewTiles(), index, cancellationToken))[0].Entry;

    // From the index to the end of its bundle, or a page of the tail.
    private async ValueTask<IReadOnlyList<AccessLogRecord>> ReadPageAsync(
        AuthenticTiles tiles,
        long index,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var bundles = log.Bundles;
            if (index / LogPaths.TileWidth < bundles)
            {
                return await ReadBundleAsync(tiles, index, cancellationToken);
            }

            try
            {
                return await store.ReadAsync(_name, index, PageSize, cancellationToken);
            }
            catch (ArgumentOutOfRangeException) when (log.Bundles > bundles)
            {
                // It was published and trimmed meanwhile.
            }
            catch (AccessLogStoredWrongException exception)
            {
                throw new AccessLogDamagedException(exception.Message, exception);
            }
        }
    }

    private async ValueTask<IReadOnlyList<AccessLogRecord>> ReadBundleAsync(
        AuthenticTiles tiles,
        long index,
        CancellationToken cancellationToken
    )
    {
        var bundle = index / LogPaths.TileWidth;
        var tile = await tiles.ReadAsync(0, bundle, cancellationToken);
        var reader = new TileReader(store, _name);
        var entries = await reader.ReadEntriesAsync(bundle, tile, cancellationToken);
        var details = await reader.ReadDetailsAsync(bundle, cancellationToken);
        return
        [
            .. entries
                .Select((entry, place) => new AccessLogRecord(entry, details.ElementAtOrDefault(place)))
                .Skip((int)(index % LogPaths.TileWidth)),
        ];
    }

    private LoggedEntry Open(long index, AccessLogRecord record)
    {
        var entry =
            EntryCodec.TryDecode(record.Entry.Span)
            ?? throw new AccessLogDamagedException(
                $"Entry {index} of log '{_name}' is not one that this version writes."
            );
        var (detail, detailState) = OpenDetail(entry, record.SealedDetail);
        return new(index, entry, detail, detailState);
    }

    private (AccessLogDetail? Detail, DetailState State) OpenDetail(
        AccessLogEntry entry,
        ReadOnlyMemory<byte> sealedDetail
    )
    {
        var name = EntryCodec.KeyOf(entry);
        var detail = TryOpen(name, entry, sealedDetail);
        return (
            detail,
            detail is not null ? DetailState.Open
            : keys.IsShredded(name) ? DetailState.Shredded
            : DetailState.Damaged
        );
    }

    private AccessLogDetail? TryOpen(KeyName name, AccessLogEntry entry, ReadOnlyMemory<byte> sealedDetail)
    {
        try
        {
            return keys.Find(name) is { } key ? DetailSealer.TryOpen(entry, sealedDetail.Span, key) : null;
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AccessLogDamagedException)
        {
            return null; // Shredded meanwhile; or the key's file can't be used.
        }
    }
}
