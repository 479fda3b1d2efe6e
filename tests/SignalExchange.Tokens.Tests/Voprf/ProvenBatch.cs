using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>A batch, its evaluation and its proof, each to be tampered with.</summary>
internal sealed class ProvenBatch : IDisposable
{
    internal ProvenBatch(int count)
    {
        PublicKey = Key.PublicKey.ToArray();
        Blinded = Batches.Random(count);
        Evaluated = new byte[Blinded.Length];
        Key.Evaluate(Blinded, Evaluated, Proof);
    }

    internal VoprfKey Key { get; } = VoprfKey.Generate();

    internal byte[] PublicKey { get; set; }

    internal byte[] Blinded { get; set; }

    internal byte[] Evaluated { get; set; }

    internal byte[] Proof { get; set; } = new byte[VoprfKey.ProofSize];

    internal bool Verifies() => VerifiesIn(OprfContext.Voprf);

    internal bool VerifiesIn(OprfContext context) =>
        DleqProof.Verify(new(context, PublicKey, Blinded, Evaluated), Proof);

    public void Dispose() => Key.Dispose();
}
