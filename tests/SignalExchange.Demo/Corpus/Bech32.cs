namespace SignalExchange.Demo.Corpus;

/// <summary>Writes segwit addresses (BIP-173), so that the demo's wallets have right checksums without asking the code under test.</summary>
internal static class Bech32
{
    private const string Charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Returns the address of a witness program of version 0.</summary>
    public static string EncodeSegwitV0(string prefix, byte[] program)
    {
        byte[] data = [0, .. ToFiveBits(program)];
        byte[] checkedData = [.. Expand(prefix), .. data, 0, 0, 0, 0, 0, 0];
        var checksum = Polymod(checkedData) ^ 1;
        var tail = Enumerable.Range(0, 6).Select(place => (byte)((checksum >> (5 * (5 - place))) & 31));
        return prefix + "1" + string.Concat(data.Concat(tail).Select(value => Charset[value]));
    }

    private static IEnumerable<byte> Expand(string prefix) =>
        prefix
            .Select(letter => (byte)(letter >> 5))
            .Append((byte)0)
            .Concat(prefix.Select(letter => (byte)(letter & 31)));

    private static IEnumerable<byte> ToFiveBits(byte[] bytes)
    {
        var buffer = 0;
        var bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                yield return (byte)((buffer >> (bits - 5)) & 31);
            }

            buffer &= (1 << bits) - 1;
        }
    }

    private static uint Polymod(byte[] values)
    {
        var check = 1u;
        foreach (var value in values)
        {
            var top = check >> 25;
            check = ((check & 0x1ffffff) << 5) ^ value;
            for (var bit = 0; bit < Generator.Length; bit++)
            {
                check ^= ((top >> bit) & 1) == 0 ? 0 : Generator[bit];
            }
        }

        return check;
    }
}
