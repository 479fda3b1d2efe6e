using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts;
using SignalExchange.Index;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Index;

/// <summary>The index as a silo uses it, filled through log rows.</summary>
internal sealed class LocalIndexSubject : IProbeSubject
{
    private const uint Now = 50_000;

    private readonly ShardMap _shards = new();
    private readonly LocalIndex _index;
    private readonly IndexFiller _filler;
    private readonly int[] _hits = new int[1_000];
    private readonly List<double> _bytesAnIndicator = [];

    public LocalIndexSubject()
    {
        _index = new(_shards, TimeProvider.System);
        _filler = new(_index, _shards, new IndicatorSummary(Now + 1));
    }

    public string Name => "LocalIndex";

    /// <summary>Gets what an indicator took by the index's own account: median, least and most while it grew.</summary>
    public IEnumerable<Measurement> Memory =>
        [
            Measurement.Once("LocalIndex, memory by its own account", "bytes", BytesAnIndicator),
            Measurement.Of("LocalIndex, the same while it grew from 1 in 100 on", "bytes", _bytesAnIndicator),
        ];

    private double BytesAnIndicator => (double)_index.MemoryBytes / _index.Count;

    public void Fill(TokenSet tokens) =>
        _filler.Add(
            tokens,
            i =>
            {
                if (i >= tokens.Count / 100 && i % 10_000 == 0)
                {
                    _bytesAnIndicator.Add(BytesAnIndicator);
                }
            }
        );

    public bool Contains(ReadOnlySpan<byte> token) => _index.Contains(token, Now);

    public int CountHits(ReadOnlySpan<byte> packedTokens) => _index.FindHits(packedTokens, Now, _hits);

    /// <summary>Adds tokens for ever and takes them out again, a row of one change at a time.</summary>
    public void Churn(TokenSet tokens, CancellationToken cancellationToken)
    {
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var token = new Token(tokens[i / 2 % tokens.Count]);
            var shard = _shards.ShardOf(token);
            _filler.Flush(shard, [new(token, new IndicatorSummary(i % 2 == 0 ? Now + 1 : 0), default)]);
        }
    }
}
