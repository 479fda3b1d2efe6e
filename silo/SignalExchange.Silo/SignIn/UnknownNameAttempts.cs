using System.Security.Cryptography;
using System.Text;
using SignalExchange.Grains.People;
using SignalExchange.KeyService;

namespace SignalExchange.Silo.SignIn;

/// <summary>Counts attempts under names that no account has, without keeping what was typed: it may be a password in the wrong field.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class UnknownNameAttempts(IGrainFactory grains, IExchangeSecrets secrets)
{
    private const int LowerHalf = 0x0f;

    private readonly byte[] _key = secrets.Derive("unknown-names/1"u8);

    /// <summary>Begins an attempt under a name.</summary>
    public Task<AttemptReply> Begin(string name)
    {
        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name));
        return grains.GetGrain<IUnknownNamesGrain>(digest[0] & LowerHalf).BeginAttempt(digest);
    }
}
