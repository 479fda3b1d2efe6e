using CsCheck;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>What the two sides make together does not depend on the blind.</summary>
public sealed class OprfProtocolTests
{
    [Fact]
    public void Whatever_the_blind_the_element_is_the_key_times_the_inputs_point() =>
        Gen
            .Byte.Array[0, 300]
            .Sample(
                input =>
                {
                    using var key = VoprfKey.Generate();
                    var point = new byte[Ristretto.ElementSize];
                    var expected = new byte[Ristretto.ElementSize];
                    OprfContext.Voprf.HashToGroup(input, point);
                    key.EvaluateWithoutProof(point, expected);
                    return Ask(key, input).Element.SequenceEqual(expected);
                },
                iter: 50
            );

    [Fact]
    public void The_same_input_is_never_blinded_the_same_way_twice()
    {
        using var key = VoprfKey.Generate();
        var first = Ask(key, [1, 2, 3]);
        var second = Ask(key, [1, 2, 3]);
        Assert.NotEqual(first.Blinded, second.Blinded);
        Assert.Equal(first.Element, second.Element);
    }

    [Fact]
    public void Modes_never_mix()
    {
        var oprf = new byte[Ristretto.ElementSize];
        var voprf = new byte[Ristretto.ElementSize];
        OprfContext.Oprf.HashToGroup([1], oprf);
        OprfContext.Voprf.HashToGroup([1], voprf);
        Assert.NotEqual(oprf, voprf);
    }

    private static (byte[] Blinded, byte[] Element) Ask(VoprfKey key, byte[] input)
    {
        var (blind, inverse) = (new byte[RistrettoScalar.Size], new byte[RistrettoScalar.Size]);
        var (blinded, evaluated) = (new byte[Ristretto.ElementSize], new byte[Ristretto.ElementSize]);
        var element = new byte[Ristretto.ElementSize];
        OprfClient.Blind(OprfContext.Voprf, input, blind, blinded);
        key.EvaluateWithoutProof(blinded, evaluated);
        RistrettoScalar.InvertAll(blind, inverse);
        OprfClient.Unblind(inverse, evaluated, element);
        return (blinded, element);
    }
}
