using System.Security.Cryptography;
using CsCheck;
using SignalExchange.Tokens.Voprf;
using SignalExchange.Tokens.Voprf.Sums;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>Held against libsodium, which multiplies and adds one by one.</summary>
public sealed class WeighedSumTests
{
    private static readonly Gen<(byte[] Scalars, byte[] Elements)> Terms =
        from scalars in Gen.Byte.Array[64].Array[1, 70]
        from seeds in Gen.Byte.Array[64].Array[scalars.Length]
        select (scalars.SelectMany(Reduce).ToArray(), seeds.SelectMany(Map).ToArray());

    [Fact]
    public void Sums_are_those_of_libsodium() =>
        Terms.Sample(
            terms => Assert.Equal(SumOf(terms.Scalars, terms.Elements), Sum(terms.Scalars, terms.Elements)),
            iter: 100
        );

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0f00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")] // the order less one
    [InlineData("0000000000000000000000000000000000000000000000000000000000000010")] // 2^252
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0f")] // 2^252 - 1
    public void Scalars_at_the_edges_multiply_as_libsodium_has_it(string hex)
    {
        var scalar = Convert.FromHexString(hex);
        var element = Map(RandomNumberGenerator.GetBytes(64));
        var product = new byte[Ristretto.ElementSize];
        Assert.True(Ristretto.TryMultiply(scalar, element, product));

        Assert.Equal(product, Sum(scalar, element));
    }

    [Fact]
    public void Terms_that_cancel_out_leave_the_identity()
    {
        var one = RistrettoScalarOf(1);
        var minusOne = new byte[RistrettoScalar.Size];
        RistrettoScalar.Subtract(new byte[RistrettoScalar.Size], one, minusOne);
        var element = Map(RandomNumberGenerator.GetBytes(64));

        Assert.Equal(new byte[Ristretto.ElementSize], Sum([.. one, .. minusOne], [.. element, .. element]));
    }

    [Fact]
    public void No_terms_are_the_identity() => Assert.Equal(new byte[Ristretto.ElementSize], Sum([], []));

    [Theory]
    [MemberData(nameof(RistrettoTests.InvalidEncodings), MemberType = typeof(RistrettoTests))]
    public void What_is_not_a_point_or_is_the_identity_is_not_added(string encoding)
    {
        using var sum = new WeighedSum();

        Assert.False(sum.TryAdd(RistrettoScalarOf(1), Convert.FromHexString(encoding)));
    }

    [Fact]
    public void Random_bytes_are_taken_for_a_point_when_libsodium_takes_them() =>
        Gen
            .Byte.Array[Ristretto.ElementSize]
            .Sample(bytes =>
            {
                bytes[0] &= 0xfe; // so that half of them are
                bytes[^1] &= 0x7f;
                using var sum = new WeighedSum();
                return sum.TryAdd(RistrettoScalarOf(1), bytes) == Ristretto.IsValidElement(bytes);
            });

    private static byte[] Sum(byte[] scalars, byte[] elements)
    {
        using var sum = new WeighedSum();
        for (var i = 0; i < scalars.Length / RistrettoScalar.Size; i++)
        {
            Assert.True(sum.TryAdd(RistrettoScalar.At(scalars, i), Ristretto.At(elements, i)));
        }

        var result = new byte[Ristretto.ElementSize];
        sum.WriteTo(result);
        return result;
    }

    private static byte[] SumOf(byte[] scalars, byte[] elements)
    {
        var sum = new byte[Ristretto.ElementSize];
        for (var i = 0; i < scalars.Length / RistrettoScalar.Size; i++)
        {
            Assert.True(Ristretto.TryAddProduct(RistrettoScalar.At(scalars, i), Ristretto.At(elements, i), sum));
        }

        return sum;
    }

    private static byte[] RistrettoScalarOf(byte number) => [number, .. new byte[RistrettoScalar.Size - 1]];

    private static byte[] Reduce(byte[] uniform)
    {
        var scalar = new byte[RistrettoScalar.Size];
        RistrettoScalar.Reduce(uniform, scalar);
        return scalar;
    }

    private static byte[] Map(byte[] uniform)
    {
        var element = new byte[Ristretto.ElementSize];
        Ristretto.FromHash(uniform, element);
        return element;
    }
}
