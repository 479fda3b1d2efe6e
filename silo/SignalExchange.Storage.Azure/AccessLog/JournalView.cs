using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>What is known of a journal: how its log stands, and where its records lie. Grows frame by frame.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class JournalView
{
    private readonly List<JournalRecords> _records = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _resources = new(StringComparer.Ordinal);

    /// <summary>Gets the first segment that is there, as far as is known; 0 when there is none.</summary>
    public long FirstSegment { get; private set; }

    /// <summary>Gets the segment that was read or written last; 0 when there is none.</summary>
    public long Segment { get; private set; }

    /// <summary>Gets where that one ends.</summary>
    public BlobEnd End { get; private set; }

    /// <summary>Gets the frames of that one.</summary>
    public int Frames { get; private set; }

    /// <summary>Gets whether the journal goes on in the next segment.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Gets how the log stands.</summary>
    public JournalState State { get; private set; }

    /// <summary>Gets where the next frame lies.</summary>
    public JournalPlace Next => new(Segment, End.Length);

    /// <summary>Gets the resources that are replaced, with what they are.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Resources => _resources;

    /// <summary>Goes to the beginning of a segment.</summary>
    /// <param name="segment">Its number.</param>
    /// <param name="end">Its end, of which nothing is read yet.</param>
    public void Enter(long segment, BlobEnd end)
    {
        FirstSegment = FirstSegment == 0 ? segment : FirstSegment;
        (Segment, Frames, IsEnded) = (segment, 0, false);
        End = end with { Length = 0 };
    }

    /// <summary>Adds the next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="end">Where the segment ends after it.</param>
    public void Add(JournalFrame frame, BlobEnd end)
    {
        if (frame.Count > 0)
        {
            _records.Add(new(frame.First, frame.Count, Next, (int)(end.Length - End.Length)));
        }

        foreach (var (path, content) in frame.Resources)
        {
            _resources[path] = content;
        }

        (State, IsEnded, End, Frames) = (frame.State, frame.IsLast, end, Frames + 1);
        Forget(State.Extent.First);
    }

    /// <summary>Notes the segment's end as the service has it, all of it read.</summary>
    public void Reach(BlobEnd end) => End = end;

    /// <summary>Notes that segments were deleted.</summary>
    /// <param name="first">The first that is left.</param>
    public void Drop(long first) => FirstSegment = first;

    /// <summary>Returns the first segment that still holds something: a record, or how the log stands.</summary>
    public long FirstNeeded() =>
        _records is [var first, ..] ? first.Place.Segment
        : Frames > 0 ? Segment
        : Segment - 1;

    /// <summary>Returns frames that lie side by side and hold records in order, some bytes at most.</summary>
    /// <param name="log">The log, for what goes wrong.</param>
    /// <param name="first">The first index; the log has it.</param>
    /// <param name="end">The index behind the last that is wanted.</param>
    /// <param name="maxBytes">Where to stop; the first frame is returned in any case.</param>
    /// <exception cref="AccessLogStoredWrongException">No frame holds the first index.</exception>
    public IReadOnlyList<JournalRecords> Find(string log, long first, long end, int maxBytes)
    {
        var begin = IndexOf(first);
        if (begin < 0)
        {
            throw TailRow.Missing(log, first);
        }

        var (found, last) = (new List<JournalRecords> { _records[begin] }, _records[begin]);
        foreach (var next in _records.Skip(begin + 1))
        {
            if (
                next.First >= end
                || next.First != last.End
                || next.Place.Segment != last.Place.Segment
                || next.EndOffset - found[0].Place.Offset > maxBytes
            )
            {
                break;
            }

            found.Add(last = next);
        }

        return found;
    }

    // The frame that holds a record.
    private int IndexOf(long index)
    {
        var (low, high) = (0, _records.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_records[middle].End <= index)
            {
                low = middle + 1;
            }
            else if (_records[middle].First > index)
            {
                high = middle - 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }

    private void Forget(long before)
    {
        var gone = 0;
        while (gone < _records.Count && _records[gone].End <= before)
        {
            gone++;
        }

        _records.RemoveRange(0, gone);
    }
}
