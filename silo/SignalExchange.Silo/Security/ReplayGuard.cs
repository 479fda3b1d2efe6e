using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts;

namespace SignalExchange.Silo.Security;

/// <summary>Remembers every token's <c>jti</c> for as long as the token could be accepted, so that none is accepted twice.</summary>
/// <remarks>
/// Buckets by the minute of expiry; a bucket goes as a whole once no token in it could pass any more. 16 bytes of a hash
/// stand for (member, jti). Safe from any thread; memory is bounded by the rate of calls times six minutes.
/// </remarks>
internal sealed class ReplayGuard(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<UInt128, byte>> _byMinute = new();
    private long _sweptMinute;

    /// <summary>Takes note of a token.</summary>
    /// <param name="member">Who signed it.</param>
    /// <param name="jti">Its id.</param>
    /// <param name="expires">Its expiry.</param>
    /// <returns>False if it was seen before.</returns>
    public bool TryUse(string member, string jti, DateTimeOffset expires)
    {
        Sweep();
        var bucket = _byMinute.GetOrAdd(MinuteOf(expires), static _ => new());
        return bucket.TryAdd(NameOf(member, jti), 0);
    }

    /// <summary>Gets how many tokens are remembered.</summary>
    public int Count => _byMinute.Sum(bucket => bucket.Value.Count);

    private void Sweep()
    {
        var oldest = MinuteOf(clock.GetUtcNow() - Limits.ClockTolerance);
        if (Interlocked.Exchange(ref _sweptMinute, oldest) == oldest)
        {
            return;
        }

        foreach (var minute in _byMinute.Keys.Where(minute => minute < oldest))
        {
            _byMinute.TryRemove(minute, out _);
        }
    }

    private static UInt128 NameOf(string member, string jti)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{member}\n{jti}"), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private static long MinuteOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;
}
