using System.Security.Cryptography;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

public sealed class RistrettoScalarTests
{
    // 2^252 + 27742317777372353535851937790883648493, the least significant byte first.
    internal const string Order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", true)]
    [InlineData(Order, false)]
    [InlineData("eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", false)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0f", true)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080", false)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false)]
    [InlineData("00", false)]
    public void Only_what_lies_below_the_order_is_a_scalar(string bytes, bool expected) =>
        Assert.Equal(expected, RistrettoScalar.IsCanonical(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Each_inverse_undoes_its_scalar(int count)
    {
        var scalars = new byte[count * RistrettoScalar.Size];
        var inverses = new byte[scalars.Length];
        for (var i = 0; i < count; i++)
        {
            RistrettoScalar.Random(RistrettoScalar.At(scalars.AsSpan(), i));
        }

        RistrettoScalar.InvertAll(scalars, inverses);

        var product = new byte[RistrettoScalar.Size];
        for (var i = 0; i < count; i++)
        {
            Sodium.MultiplyScalars(product, RistrettoScalar.At(scalars, i), RistrettoScalar.At(inverses, i));
            Assert.Equal([1, .. new byte[31]], product);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Zero_has_no_inverse_wherever_it_stands(int place)
    {
        var scalars = new byte[3 * RistrettoScalar.Size];
        for (var i = 0; i < 3; i++)
        {
            scalars[i * RistrettoScalar.Size] = i == place ? (byte)0 : (byte)5;
        }

        Assert.Throws<CryptographicException>(() => RistrettoScalar.InvertAll(scalars, new byte[scalars.Length]));
    }
}
