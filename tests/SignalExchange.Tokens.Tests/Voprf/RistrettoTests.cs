using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

public sealed class RistrettoTests
{
    // RFC 9496 appendix A.1: the generator.
    private const string Generator = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

    /// <summary>RFC 9496 appendix A.2: what a decoder must refuse.</summary>
    public static TheoryData<string> InvalidEncodings { get; } =
    [
        // Field elements that are not reduced.
        "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // Negative field elements.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
        "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
        "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
        "47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
        "f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
        "87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
        // No square root.
        "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
        "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
        "de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad87",
        "bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
        // Negative x times y.
        "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
        "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
        "d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
        // y is zero.
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // The identity: a point, but not one that may be asked about.
        "0000000000000000000000000000000000000000000000000000000000000000",
    ];

    [Fact]
    public void A_point_is_valid() => Assert.True(Ristretto.IsValidElement(Convert.FromHexString(Generator)));

    [Theory]
    [MemberData(nameof(InvalidEncodings))]
    public void What_is_not_a_point_or_is_the_identity_is_not_valid(string encoding) =>
        Assert.False(Ristretto.IsValidElement(Convert.FromHexString(encoding)));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Another_length_is_not_valid(int length) => Assert.False(Ristretto.IsValidElement(new byte[length]));

    [Fact]
    public void The_first_invalid_element_is_found()
    {
        var valid = Convert.FromHexString(Generator);
        byte[] identity = new byte[32];
        Assert.Equal(-1, Ristretto.IndexOfInvalidElement([]));
        Assert.Equal(-1, Ristretto.IndexOfInvalidElement([.. valid, .. valid]));
        Assert.Equal(1, Ristretto.IndexOfInvalidElement([.. valid, .. identity, .. valid, .. identity]));
        Assert.Equal(2, Ristretto.IndexOfInvalidElement([.. valid, .. valid, 7]));
    }
}
