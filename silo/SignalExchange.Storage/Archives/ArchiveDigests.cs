using System.Security.Cryptography;

namespace SignalExchange.Storage.Archives;

/// <summary>What an archive holds, told in digests: two archives that agree in them hold the same, whatever engines they are of.</summary>
/// <param name="Kinds">For each kind the number of records, and the SHA-256 of their bytes, each behind its length in 4 bytes.</param>
public sealed record ArchiveDigests(IReadOnlyDictionary<ArchiveKind, (long Records, string Sha256)> Kinds)
{
    /// <summary>Gets the number of records.</summary>
    public long Records => Kinds.Values.Sum(it => it.Records);

    /// <summary>Gets one digest of all: SHA-256 of the kinds' numbers and digests as text, in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ToString())));

    /// <summary>Returns the kinds that the two do not agree in.</summary>
    public IReadOnlyList<ArchiveKind> DifferenceTo(ArchiveDigests other) =>
        [.. Enum.GetValues<ArchiveKind>().Where(kind => Kinds[kind] != other.Kinds[kind])];

    /// <summary>Returns a line for each kind.</summary>
    public override string ToString() =>
        string.Join('\n', Kinds.OrderBy(it => it.Key).Select(it => $"{it.Key} {it.Value.Records} {it.Value.Sha256}"));
}
