namespace SignalExchange.Storage.Archives.Files;

/// <summary>How a backup lies in its file.</summary>
/// <remarks>
/// <code>
/// byte  0   8 bytes  "SX-BACKP"
/// byte  8   4 bytes  format, 1; all numbers are little-endian
/// byte 12   4 bytes  number of shards
/// then for each record: 1 byte kind, 4 bytes length, its bytes as <see cref="ArchiveCodec"/> draws them
/// then      1 byte   0: the end
///          32 bytes  SHA-256 of all before
/// </code>
/// </remarks>
internal static class BackupFormat
{
    public const int Version = 1;
    public const int HeaderBytes = 16;
    public const int RecordHeadBytes = 1 + sizeof(int);
    public const int BufferBytes = 1024 * 1024;

    /// <summary>The most bytes of a record: a bundle of an access log's details, and room.</summary>
    public const int MaxRecordBytes = 512 * 1024 * 1024;

    /// <summary>What stands where a record's kind would: there is none.</summary>
    public const byte End = 0;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "SX-BACKP"u8;
}
