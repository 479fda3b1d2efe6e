namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Addresses of Monero: a network byte, two public keys, four bytes of Keccak-256.</summary>
internal static class MoneroAddress
{
    private const byte Standard = 18;
    private const byte Integrated = 19;
    private const byte Subaddress = 42;
    private const int KeysLength = 65;
    private const int PaymentIdLength = 8;
    private const int ChecksumLength = 4;

    // Test and stage networks, each with its three kinds.
    private static readonly byte[] TestNetworks = [53, 54, 63, 24, 25, 36];

    /// <summary>Reads an address. An integrated one loses its payment id: the wallet is the same.</summary>
    public static CanonicalProblem Read(string text, out string address)
    {
        address = text;
        if (!MoneroBase58.TryDecode(text, out var bytes) || bytes.Length < KeysLength + ChecksumLength)
        {
            return CanonicalProblem.WalletMalformed;
        }

        var payload = bytes[..^ChecksumLength];
        if (!bytes.AsSpan(payload.Length).SequenceEqual(Checksum(payload)))
        {
            return CanonicalProblem.ChecksumWrong;
        }

        if (TestNetworks.Contains(payload[0]))
        {
            return CanonicalProblem.WalletTestNetwork;
        }

        if (payload[0] == Integrated && payload.Length == KeysLength + PaymentIdLength)
        {
            payload = [Standard, .. payload[1..KeysLength]];
            address = MoneroBase58.Encode([.. payload, .. Checksum(payload)]);
        }

        return payload is [Standard or Subaddress, ..] && payload.Length == KeysLength
            ? CanonicalProblem.None
            : CanonicalProblem.WalletMalformed;
    }

    private static ReadOnlySpan<byte> Checksum(byte[] payload) => Keccak256.Hash(payload).AsSpan(0, ChecksumLength);
}
