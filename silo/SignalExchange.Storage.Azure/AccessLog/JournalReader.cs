using System.Buffers.Binary;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>Reads a journal: what came since somebody looked last, and records.</summary>
internal sealed class JournalReader(AzureContainer container, string log)
{
    private const int PieceBytes = 4 * 1024 * 1024;

    /// <summary>Finds a journal's beginning.</summary>
    /// <remarks>
    /// An empty segment in front of one that isn't was never written: whoever made it was late, and the journal had gone on.
    /// </remarks>
    /// <returns>The view at the beginning of the first segment; one of no segment when there is no journal.</returns>
    public async Task<JournalView> FindAsync(CancellationToken cancellationToken)
    {
        var segments = await container.ListAsync(LogBlobs.Journal(log), cancellationToken);
        var view = new JournalView();
        if (segments.Count > 0)
        {
            var first = segments.FirstOrDefault(segment => segment.Length > 0, segments[0]);
            view.Enter(LogBlobs.NumberOf(first.Name), default);
        }

        return view;
    }

    /// <summary>Reads on to the journal's end.</summary>
    /// <param name="view">What is known; grows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was read; false when its segment is gone, since others have trimmed it: find the beginning again.</returns>
    /// <exception cref="AccessLogStoredWrongException">A frame is damaged.</exception>
    public async Task<bool> TryReadOnAsync(JournalView view, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (
                await EndAsync(view.Segment, cancellationToken) is not { } end
                || !await TryReadSegmentAsync(view, end, cancellationToken)
            )
            {
                return false;
            }

            if (!view.IsEnded)
            {
                return true;
            }

            if (await EndAsync(view.Segment + 1, cancellationToken) is not { } next)
            {
                // The older one goes first: if that is there, the next one was not trimmed.
                return await EndAsync(view.Segment, cancellationToken) is null ? false : throw Lost(view.Segment + 1);
            }

            view.Enter(view.Segment + 1, next);
        }
    }

    /// <summary>Reads the id of the frame at a place; null when its segment is gone.</summary>
    public async Task<UInt128?> IdAtAsync(JournalPlace place, CancellationToken cancellationToken)
    {
        var (offset, length) = JournalFrameCodec.IdRange;
        var bytes = await container.ReadAsync(
            LogBlobs.Segment(log, place.Segment),
            place.Offset + offset,
            length,
            cancellationToken
        );
        return bytes is null ? null : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Reads the records of frames that lie side by side.</summary>
    /// <returns>They; null when their segment is gone.</returns>
    /// <exception cref="AccessLogStoredWrongException">A frame is damaged.</exception>
    public async Task<IReadOnlyList<AccessLogRecord>?> ReadAsync(
        IReadOnlyList<JournalRecords> frames,
        CancellationToken cancellationToken
    ) =>
        await ReadFramesAsync(frames, cancellationToken) is { } read
            ? [.. read.SelectMany(frame => TailRowCodec.Read(frame.Records, frame.Count))]
            : null;

    /// <summary>Reads frames with records that lie side by side.</summary>
    /// <returns>They; null when their segment is gone.</returns>
    /// <exception cref="AccessLogStoredWrongException">One is damaged.</exception>
    public async Task<IReadOnlyList<JournalFrame>?> ReadFramesAsync(
        IReadOnlyList<JournalRecords> frames,
        CancellationToken cancellationToken
    )
    {
        var begin = frames[0].Place;
        var bytes = await container.ReadAsync(
            LogBlobs.Segment(log, begin.Segment),
            begin.Offset,
            (int)(frames[^1].EndOffset - begin.Offset),
            cancellationToken
        );
        return bytes is null ? null : [.. frames.Select(frame => Decode(bytes, begin.Offset, frame))];
    }

    private JournalFrame Decode(byte[] bytes, long offset, JournalRecords at) =>
        JournalFrameCodec.TryDecode(bytes.AsMemory((int)(at.Place.Offset - offset), at.Length), at.Place)
        ?? throw new AccessLogStoredWrongException(
            $"The tail of log '{log}' is damaged between entries {at.First} and {at.End - 1}: their checksum differs."
        );

    private Task<BlobEnd?> EndAsync(long segment, CancellationToken cancellationToken) =>
        container.FindEndAsync(LogBlobs.Segment(log, segment), cancellationToken);

    private async Task<bool> TryReadSegmentAsync(JournalView view, BlobEnd end, CancellationToken cancellationToken)
    {
        while (view.End.Length < end.Length)
        {
            var piece = await PieceAsync(view.Next, end.Length, PieceBytes, cancellationToken);
            if (JournalFrameCodec.Measure(piece) is { } needed && needed > piece?.Length)
            {
                piece = await PieceAsync(view.Next, end.Length, needed, cancellationToken);
            }

            if (piece is null)
            {
                return false;
            }

            Add(view, piece, end);
        }

        // A segment that is shorter than it was is another one.
        var isSame = view.End.Length == end.Length;
        view.Reach(end);
        return isSame;
    }

    private Task<byte[]?> PieceAsync(JournalPlace place, long end, int length, CancellationToken cancellationToken) =>
        container.ReadAsync(
            LogBlobs.Segment(log, place.Segment),
            place.Offset,
            (int)Math.Min(length, end - place.Offset),
            cancellationToken
        );

    // Adds the whole frames of a piece, at least one.
    private void Add(JournalView view, ReadOnlyMemory<byte> piece, BlobEnd end)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var length = JournalFrameCodec.Measure(piece.Span) ?? 0;
            if (length <= 0 || length > piece.Length)
            {
                if (isFirst)
                {
                    throw Damaged(view.Next);
                }

                return;
            }

            var frame = JournalFrameCodec.TryDecode(piece[..length], view.Next) ?? throw Damaged(view.Next);
            view.Add(frame, end with { Length = view.End.Length + length });
            piece = piece[length..];
        }
    }

    private AccessLogStoredWrongException Lost(long segment) =>
        new($"The journal of log '{log}' has lost its segment {segment}.");

    private AccessLogStoredWrongException Damaged(JournalPlace place) =>
        new(
            $"The journal of log '{log}' is damaged in its segment {place.Segment} at byte {place.Offset}: its checksum differs."
        );
}
