using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Keys;

/// <summary>The records of a <see cref="KeyFile"/> of format 1, which this version reads and does not write.</summary>
/// <remarks>
/// <code>
/// for each key, to the end:
///    1 byte     length of the key id, n
///    n bytes    key id, ASCII
///    1 byte     length of the canonical version, m
///    m bytes    canonical version, ASCII
///    8 bytes    not before, seconds since 1970, big-endian
///    8 bytes    not after, the same
///   32 bytes    secret key
/// </code>
/// A key was in force until another one of its type followed, and for checks seven days longer.
/// </remarks>
internal static class FirstKeyRecords
{
    private static readonly TimeSpan CheckOverlap = TimeSpan.FromDays(7);

    /// <summary>Reads one record as if no other followed it.</summary>
    internal static KeyRecord Read(ref RecordReader reader, KeyId keyId)
    {
        var canonicalVersion = reader.ReadText();
        var (notBefore, notAfter) = (reader.ReadTime(), reader.ReadTime());
        var key = VoprfKey.Import(reader.Take(VoprfKey.SecretSize));
        var commitment = KeyCommitment.To(keyId.Type, keyId.Epoch, key.PublicKey);
        var term = new KeyTerm(KeyState.Active, notBefore ?? default, notBefore, notAfter);
        return new(commitment, canonicalVersion, term, key);
    }

    /// <summary>Puts the records of each type behind one another.</summary>
    internal static IEnumerable<KeyRecord> Chain(IEnumerable<KeyRecord> records) =>
        records
            .GroupBy(record => record.KeyId.Type)
            .SelectMany(ofType =>
            {
                var ordered = ofType.OrderBy(record => record.KeyId.Epoch).ToList();
                return ordered.Select((record, place) => Chained(ordered, place));
            });

    private static KeyRecord Chained(List<KeyRecord> ordered, int place)
    {
        var (record, next) = (ordered[place], ordered.ElementAtOrDefault(place + 1));
        var term = record.Term with { Previous = place == 0 ? null : ordered[place - 1].KeyId };
        return next?.Term.NotBefore is { } followed
            ? record.With(term.To(KeyState.Retiring, followed) with { ChecksUntil = followed + CheckOverlap })
            : record.With(term);
    }
}
