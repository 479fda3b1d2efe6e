using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>Every official vector of RFC 9497 appendix A.1 for the suite, modes OPRF and VOPRF.</summary>
public sealed class Rfc9497VectorTests
{
    private static readonly OprfContext[] Contexts = [OprfContext.Oprf, OprfContext.Voprf];

    public static TheoryData<byte, int> Vectors { get; } =
    [.. RfcSuite.All.SelectMany(suite => suite.Vectors.Select((_, i) => new TheoryDataRow<byte, int>(suite.Mode, i)))];

    [Fact]
    public void All_five_vectors_of_the_two_modes_are_here() =>
        Assert.Equal([(0, 2), (1, 3)], RfcSuite.All.Select(suite => ((int)suite.Mode, suite.Vectors.Count)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_key_pair_is_derived(byte mode)
    {
        var suite = RfcSuite.All[mode];
        using var secret = DeriveSecret(suite);
        var bytes = new byte[RistrettoScalar.Size];
        secret.CopyTo(bytes);
        Assert.Equal(suite.SkSm, Convert.ToHexStringLower(bytes));

        var publicKey = new byte[Ristretto.ElementSize];
        secret.MultiplyBase(publicKey);
        Assert.Equal(suite.PkSm ?? Convert.ToHexStringLower(publicKey), Convert.ToHexStringLower(publicKey));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Inputs_are_blinded(byte mode, int index)
    {
        var vector = RfcSuite.All[mode].Vectors[index];
        var blinded = new byte[vector.Batch * Ristretto.ElementSize];
        for (var i = 0; i < vector.Batch; i++)
        {
            var (input, blind) = (RfcVector.Split(vector.Input)[i], RfcVector.Split(vector.Blind)[i]);
            OprfClient.BlindWith(Contexts[mode], input, blind, Ristretto.At(blinded.AsSpan(), i));
        }

        Assert.Equal(RfcVector.Pack(vector.BlindedElement), blinded);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Blinded_elements_are_evaluated(byte mode, int index)
    {
        var suite = RfcSuite.All[mode];
        using var key = VoprfKey.Import(Convert.FromHexString(suite.SkSm));
        var evaluated = new byte[suite.Vectors[index].Batch * Ristretto.ElementSize];
        key.EvaluateWithoutProof(RfcVector.Pack(suite.Vectors[index].BlindedElement), evaluated);
        Assert.Equal(RfcVector.Pack(suite.Vectors[index].EvaluationElement), evaluated);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Outputs_are_finalised(byte mode, int index)
    {
        var vector = RfcSuite.All[mode].Vectors[index];
        var element = new byte[Ristretto.ElementSize];
        var inverse = new byte[RistrettoScalar.Size];
        var output = new byte[Sha512.DigestSize];
        for (var i = 0; i < vector.Batch; i++)
        {
            RistrettoScalar.InvertAll(RfcVector.Split(vector.Blind)[i], inverse);
            OprfClient.Unblind(inverse, RfcVector.Split(vector.EvaluationElement)[i], element);
            OprfClient.Finalize(RfcVector.Split(vector.Input)[i], element, output);
            Assert.Equal(RfcVector.Split(vector.Output)[i], output);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Proofs_are_made_and_verified(int index)
    {
        var suite = RfcSuite.All[1];
        var vector = suite.Vectors[index];
        var statement = new DleqStatement(
            OprfContext.Voprf,
            Convert.FromHexString(suite.PkSm!),
            RfcVector.Pack(vector.BlindedElement),
            RfcVector.Pack(vector.EvaluationElement)
        );
        using var secret = DeriveSecret(suite);
        var proof = new byte[DleqProof.Size];
        DleqProof.GenerateWith(Convert.FromHexString(vector.Proof!.R), statement, secret, proof);
        Assert.Equal(vector.Proof.Proof, Convert.ToHexStringLower(proof));
        Assert.True(DleqProof.Verify(statement, proof));
    }

    private static SecretScalar DeriveSecret(RfcSuite suite) =>
        Contexts[suite.Mode].DeriveKey(Convert.FromHexString(suite.Seed), Convert.FromHexString(suite.KeyInfo));
}
