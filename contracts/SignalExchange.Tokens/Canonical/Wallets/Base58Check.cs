using System.Security.Cryptography;

namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Base58 with a checksum: the first four bytes of the double SHA-256 follow the payload.</summary>
internal static class Base58Check
{
    private const int ChecksumLength = 4;

    /// <summary>Decodes an address and verifies its checksum.</summary>
    /// <param name="text">The address.</param>
    /// <param name="length">How many bytes the payload has, version included.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>What is wrong with it.</returns>
    public static CanonicalProblem Read(string text, int length, out byte[] payload)
    {
        payload = [];
        if (!Base58.TryDecode(text, out var bytes) || bytes.Length != length + ChecksumLength)
        {
            return CanonicalProblem.WalletMalformed;
        }

        payload = bytes[..length];
        return bytes.AsSpan(length).SequenceEqual(Checksum(payload))
            ? CanonicalProblem.None
            : CanonicalProblem.ChecksumWrong;
    }

    /// <summary>Encodes a payload with its checksum.</summary>
    public static string Encode(ReadOnlySpan<byte> payload) => Base58.Encode([.. payload, .. Checksum(payload)]);

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> payload) =>
        SHA256.HashData(SHA256.HashData(payload)).AsSpan(0, ChecksumLength);
}
