namespace SignalExchange.Tokens.Canonical.Wallets;

/// <summary>Base58 as Monero has it: in blocks of eight bytes, each eleven characters, the last one shorter.</summary>
internal static class MoneroBase58
{
    private const int BlockBytes = 8;
    private const int BlockCharacters = 11;

    // How many characters a block of 0 to 8 bytes takes.
    private static readonly int[] Sizes = [0, 2, 3, 5, 6, 7, 9, 10, BlockCharacters];

    /// <summary>Decodes a text.</summary>
    /// <returns>Whether every block is of the alphabet and in range.</returns>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        var result = new List<byte>();
        bytes = [];
        foreach (var block in text.Chunk(BlockCharacters))
        {
            var size = Array.IndexOf(Sizes, block.Length);
            var value = UInt128.Zero;
            foreach (var c in block)
            {
                var digit = Base58.Alphabet.IndexOf(c, StringComparison.Ordinal);
                if (digit < 0)
                {
                    return false;
                }

                value = (value * 58) + (UInt128)digit;
            }

            if (size < 1 || value >> (8 * size) != 0)
            {
                return false;
            }

            result.AddRange(Enumerable.Range(1, size).Select(i => (byte)(value >> (8 * (size - i)))));
        }

        bytes = [.. result];
        return true;
    }

    /// <summary>Encodes bytes.</summary>
    public static string Encode(byte[] bytes) => string.Concat(bytes.Chunk(BlockBytes).Select(EncodeBlock));

    private static string EncodeBlock(byte[] block)
    {
        var value = block.Aggregate(0UL, (sum, b) => (sum << 8) | b);
        var text = new char[Sizes[block.Length]];
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Base58.Alphabet[(int)(value % 58)];
            value /= 58;
        }

        return new string(text);
    }
}
