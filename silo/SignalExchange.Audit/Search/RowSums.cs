using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace SignalExchange.Audit.Search;

/// <summary>Adds up a keyed digest of each row, so that a sum stands for all rows whatever their order: what is added and what is taken away.</summary>
/// <remarks>
/// Who lacks the key can neither change a row nor leave one out so that the sum stays. Called by SQL as <c>row_sum(1 or -1, table, columns...)</c>.
/// One connection's; not safe from two threads at a time.
/// </remarks>
internal sealed class RowSums
{
    /// <summary>The function's name in SQL.</summary>
    public const string Function = "row_sum";

    private const int AnyCount = -1;

    private readonly byte[] _key;
    private byte[] _row = new byte[4096];
    private int _length;

    /// <summary>Makes the function known to a connection.</summary>
    public RowSums(SqliteConnection connection, byte[] key)
    {
        _key = key;
        var code = sqlite3_create_function(connection.Handle, Function, AnyCount, SQLITE_UTF8, this, Add);
        SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }

    /// <summary>Gets or sets the sum, modulo 2^128.</summary>
    public UInt128 Sum { get; set; }

    /// <summary>Returns what nobody can make without the key.</summary>
    public byte[] Authenticate(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content);

    private static void Add(sqlite3_context context, object state, sqlite3_value[] values)
    {
        var sums = (RowSums)state;
        var digest = sums.DigestOf(values.AsSpan(1));
        unchecked
        {
            sums.Sum = sqlite3_value_int(values[0]) > 0 ? sums.Sum + digest : sums.Sum - digest;
        }

        sqlite3_result_int(context, 1);
    }

    private UInt128 DigestOf(ReadOnlySpan<sqlite3_value> values)
    {
        _length = 0;
        Append(_key);
        foreach (var value in values)
        {
            Append(value);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(_row.AsSpan(0, _length)));
    }

    // Its type, its length where that is not fixed, its bytes: no two rows are written alike.
    private void Append(sqlite3_value value)
    {
        var type = sqlite3_value_type(value);
        Append([(byte)type]);
        if (type == SQLITE_INTEGER)
        {
            AppendNumber(sqlite3_value_int64(value));
        }
        else if (type != SQLITE_NULL)
        {
            var bytes = sqlite3_value_blob(value);
            AppendNumber(bytes.Length);
            Append(bytes);
        }
    }

    private void AppendNumber(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_row.Length - _length < bytes.Length)
        {
            Array.Resize(ref _row, Math.Max(2 * _row.Length, _length + bytes.Length));
        }

        bytes.CopyTo(_row.AsSpan(_length));
        _length += bytes.Length;
    }
}
