using SignalExchange.Contracts;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests;

/// <summary>A key holder in the same process that counts what it is asked, and may be told to answer otherwise.</summary>
internal sealed class KeyHolder(VoprfKey key) : IElementEvaluator
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _asked = [];

    /// <summary>Gets the batches that were asked about, in the order of arrival.</summary>
    internal IReadOnlyList<byte[]> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Gets or sets what is done with an honest answer.</summary>
    internal Func<Evaluation, CancellationToken, Task<Evaluation>> Answer { get; set; } =
        (evaluation, _) => Task.FromResult(evaluation);

    public Task<Evaluation> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            _asked.Add(blindedElements.ToArray());
        }

        var (evaluated, proof) = (new byte[blindedElements.Length], new byte[VoprfKey.ProofSize]);
        key.Evaluate(blindedElements.Span, evaluated, proof);
        return Answer(new Evaluation(evaluated, proof), cancellationToken);
    }
}
