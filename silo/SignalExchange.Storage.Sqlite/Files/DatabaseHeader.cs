using System.Buffers.Binary;

namespace SignalExchange.Storage.Sqlite.Files;

/// <summary>Who made a database file, read from its first 100 bytes without opening it.</summary>
/// <param name="ApplicationId">Ours is <see cref="Schema.ApplicationId"/>; 0 when it isn't a SQLite database.</param>
/// <param name="Format">The version of the tables, SQLite's <c>user_version</c>.</param>
/// <remarks>SQLite can't look at a database without recovering its log, which writes to the file. A stranger's stays as it is.</remarks>
internal readonly record struct DatabaseHeader(int ApplicationId, int Format)
{
    private const int Size = 100;

    // https://www.sqlite.org/fileformat.html 1.3: user_version at 60, application_id at 68, both big-endian.
    private const int FormatOffset = 60;
    private const int ApplicationIdOffset = 68;

    /// <summary>Reads the header of a file that this process does not have open in SQLite.</summary>
    /// <remarks>Closing any handle of a file drops the process's POSIX locks on it, SQLite's among them.</remarks>
    public static DatabaseHeader Read(string file)
    {
        using var handle = File.OpenHandle(file);
        Span<byte> bytes = stackalloc byte[Size];
        var length = RandomAccess.Read(handle, bytes, 0);
        return length < Size || !bytes.StartsWith("SQLite format 3\0"u8)
            ? default
            : new(
                BinaryPrimitives.ReadInt32BigEndian(bytes[ApplicationIdOffset..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[FormatOffset..])
            );
    }

    /// <summary>Throws unless the file is one of ours, in a format that this version knows.</summary>
    /// <exception cref="StorageFormatException">It is not.</exception>
    public void Check(string file)
    {
        if (ApplicationId != Schema.ApplicationId)
        {
            throw new StorageFormatException(
                $"{file} is not a database of this exchange. Move it away, or use another folder."
            );
        }

        if (Format != Schema.Format)
        {
            throw new StorageFormatException(
                $"{file} has format {Format}; this version knows format {Schema.Format}. Use the version that wrote it."
            );
        }
    }
}
