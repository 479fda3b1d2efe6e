using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>What one write adds to a journal: how the log stands from here on, and what came.</summary>
/// <param name="Id">Random: whoever lost the reply of a write knows its own by it.</param>
/// <param name="State">How the log stands.</param>
/// <param name="IsLast">Whether the journal goes on in the next segment.</param>
/// <param name="Resources">Resources that are replaced, with what; the first frame of a segment has all.</param>
/// <param name="Count">The records; the last of them has the index in front of the log's size.</param>
/// <param name="Records">They, as <see cref="TailRowCodec"/> draws them.</param>
internal sealed record JournalFrame(
    UInt128 Id,
    JournalState State,
    bool IsLast,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Resources,
    int Count,
    ReadOnlyMemory<byte> Records
)
{
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> None = [];

    /// <summary>Gets the index of the first record.</summary>
    public long First => State.Extent.Size - Count;

    /// <summary>Makes a frame that says how the log stands.</summary>
    public static JournalFrame Of(JournalState state) => new(NewId(), state, false, None, 0, default);

    /// <summary>Makes a frame that adds records.</summary>
    public static JournalFrame Of(JournalState state, IReadOnlyList<AccessLogRecord> records)
    {
        var bytes = new byte[TailRowCodec.Measure(records, 0, records.Count)];
        TailRowCodec.Write(records, 0, records.Count, bytes);
        return Of(state, records.Count, bytes);
    }

    /// <summary>Makes a frame that adds records which are bytes already.</summary>
    public static JournalFrame Of(JournalState state, int count, ReadOnlyMemory<byte> records) =>
        new(NewId(), state, false, None, count, records);

    /// <summary>Makes a frame that replaces a resource.</summary>
    public static JournalFrame Of(JournalState state, string path, ReadOnlyMemory<byte> content) =>
        new(NewId(), state, false, new Dictionary<string, ReadOnlyMemory<byte>> { [path] = content }, 0, default);

    private static UInt128 NewId() => BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));
}
