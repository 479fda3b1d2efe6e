using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>A token that wants to be accepted, once.</summary>
/// <param name="Name">16 bytes of a hash that stand for (member, jti).</param>
/// <param name="IssuedSeconds">Its "iat", Unix seconds.</param>
/// <param name="ExpiresSeconds">Its "exp", Unix seconds.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.token-use")]
internal readonly record struct TokenUse(
    [property: Id(0)] UInt128 Name,
    [property: Id(1)] long IssuedSeconds,
    [property: Id(2)] long ExpiresSeconds
)
{
    /// <summary>Makes the use of a token.</summary>
    /// <param name="member">Who signed it.</param>
    /// <param name="jti">Its id.</param>
    /// <param name="issued">When it was issued.</param>
    /// <param name="expires">Its expiry.</param>
    public static TokenUse Of(string member, string jti, DateTimeOffset issued, DateTimeOffset expires)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{member}\n{jti}"), hash);
        return new(
            BinaryPrimitives.ReadUInt128LittleEndian(hash),
            issued.ToUnixTimeSeconds(),
            expires.ToUnixTimeSeconds()
        );
    }

    /// <summary>Returns nothing of the token.</summary>
    public override string ToString() => nameof(TokenUse);
}
