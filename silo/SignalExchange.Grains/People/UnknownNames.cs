using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>The attempts under names that nobody has, at most <see cref="MaxNames"/> of them. One thread.</summary>
internal sealed class UnknownNames
{
    /// <summary>How many names are remembered; one more forgets the one that was tried longest ago.</summary>
    public const int MaxNames = 1024;

    // As large as an account's, and nobody's.
    private static readonly PersonAccess Fresh = new()
    {
        Credentials =
        {
            new Credentials
            {
                CredentialId = Drawn(16),
                Salt = Drawn(16),
                Hash = Drawn(32),
                MemoryKib = 65536,
                Passes = 3,
                SealedSecret = Drawn(48),
            },
        },
    };

    private readonly Dictionary<string, (PersonAccess Access, DateTimeOffset TriedAt)> _names = [];

    /// <summary>Begins an attempt, by the rule of accounts.</summary>
    /// <returns>What is to be written; null and the time to wait when the name is locked.</returns>
    public (PersonAccess? Next, TimeSpan RetryAfter) Begin(
        ReadOnlySpan<byte> nameDigest,
        PersonOptions options,
        DateTimeOffset now
    )
    {
        var name = Convert.ToHexString(nameDigest);
        var known = _names.TryGetValue(name, out var tried) ? tried.Access : Fresh;
        var (next, retryAfter) = PersonLedger.Begin(known, options, now);
        if (next is not null)
        {
            MakeRoom(name);
            _names[name] = (next, now);
        }

        return (next, retryAfter);
    }

    private void MakeRoom(string name)
    {
        if (_names.Count >= MaxNames && !_names.ContainsKey(name))
        {
            _names.Remove(_names.MinBy(it => it.Value.TriedAt).Key);
        }
    }

    private static ByteString Drawn(int bytes) => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(bytes));
}
