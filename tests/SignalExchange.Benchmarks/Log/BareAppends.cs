using System.Security.Cryptography;

namespace SignalExchange.Benchmarks.Log;

/// <summary>The least that a durable log can cost: each entry hashed and appended to a file, many to a flush.</summary>
internal sealed class BareAppends(string file) : IDisposable
{
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file = File.OpenHandle(
        file,
        FileMode.Create,
        FileAccess.Write
    );
    private long _position;

    /// <summary>Appends entries, in whole groups.</summary>
    /// <param name="count">How many at least.</param>
    /// <param name="group">How many to a flush.</param>
    /// <param name="entryBytes">The size of each.</param>
    /// <returns>How many it appended.</returns>
    public int Append(int count, int group, int entryBytes)
    {
        var buffer = RandomNumberGenerator.GetBytes(group * entryBytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var done = 0;
        for (; done < count; done += group)
        {
            for (var i = 0; i < group; i++)
            {
                SHA256.HashData(buffer.AsSpan(i * entryBytes, entryBytes), digest);
                digest.CopyTo(buffer.AsSpan(i * entryBytes)); // so that no two groups are the same
            }

            RandomAccess.Write(_file, buffer, _position);
            RandomAccess.FlushToDisk(_file);
            _position += buffer.Length;
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
