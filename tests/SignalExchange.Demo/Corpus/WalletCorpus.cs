using SignalExchange.Contracts.V1;

namespace SignalExchange.Demo.Corpus;

/// <summary>Wallet addresses with right checksums, in the spellings that wallets print.</summary>
internal static class WalletCorpus
{
    public static IEnumerable<Specimen> Make(int count, SeededBytes random)
    {
        for (var number = 0; number < count; number++)
        {
            yield return number % 2 == 0 ? Ethereum(random.Next(20)) : Bitcoin(random.Next(20));
        }
    }

    private static Specimen Ethereum(byte[] address)
    {
        var digits = Convert.ToHexStringLower(address);
        return new(
            IndicatorType.CryptoWallet,
            "ethereum",
            null,
            ["0x" + digits, "0x" + digits.ToUpperInvariant(), $" 0x{digits} "]
        );
    }

    private static Specimen Bitcoin(byte[] keyHash)
    {
        var address = Bech32.EncodeSegwitV0("bc", keyHash);
        return new(IndicatorType.CryptoWallet, "bitcoin", null, [address, address.ToUpperInvariant(), $" {address} "]);
    }
}
