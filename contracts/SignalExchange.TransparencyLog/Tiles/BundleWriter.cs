using System.Buffers;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Makes the bundles of a growing log: of its entries, or of their sealed details.</summary>
/// <remarks>Keeps the last bundle, while it is partial. Not safe from several threads. Writing the files is the caller's work.</remarks>
public sealed class BundleWriter
{
    private readonly TileKind _kind;
    private readonly ArrayBufferWriter<byte> _partial = new();
    private readonly List<TileChange> _full = [];
    private long _published;

    /// <summary>Makes the writer of a log that is still empty.</summary>
    /// <param name="kind">Entries or details.</param>
    public BundleWriter(TileKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(kind, TileKind.Hashes);
        _kind = kind;
    }

    /// <summary>Gets how many were appended.</summary>
    public long Size { get; private set; }

    private int Width => (int)(Size % TilePath.FullWidth);

    /// <summary>Makes the writer of a log that has bundles already.</summary>
    /// <param name="kind">Entries or details.</param>
    /// <param name="source">Its bundles.</param>
    /// <param name="size">Its size.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">The partial bundle is absent.</exception>
    public static async Task<BundleWriter> RestoreAsync(
        TileKind kind,
        ITileSource source,
        long size,
        CancellationToken cancellationToken
    )
    {
        var writer = new BundleWriter(kind) { Size = size, _published = size };
        if (writer.Width > 0)
        {
            var path = writer.PathOf(size / TilePath.FullWidth, writer.Width);
            var bytes = await source.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            writer._partial.Write((bytes ?? throw new InvalidDataException($"{path} is absent.")).Span);
        }

        return writer;
    }

    /// <summary>Appends an entry or a detail.</summary>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_kind is TileKind.Entries)
        {
            EntryBundle.Write(_partial, bytes);
        }
        else
        {
            DetailBundle.Write(_partial, bytes);
        }

        Size++;
        if (Width == 0)
        {
            _full.Add(Take((Size / TilePath.FullWidth) - 1, TilePath.FullWidth));
            _partial.ResetWrittenCount();
        }
    }

    /// <summary>Returns the files that are new since the last call: bundles that got full, and the partial one.</summary>
    public IReadOnlyList<TileChange> TakeChanges()
    {
        List<TileChange> changes = [.. _full];
        if (Width > 0 && Size > _published)
        {
            changes.Add(Take(Size / TilePath.FullWidth, Width));
        }

        _full.Clear();
        _published = Size;
        return changes;
    }

    private TileChange Take(long index, int width) => new(PathOf(index, width), _partial.WrittenSpan.ToArray());

    private TilePath PathOf(long index, int width) =>
        _kind is TileKind.Entries ? TilePath.Entries(index, width) : TilePath.Details(index, width);
}
