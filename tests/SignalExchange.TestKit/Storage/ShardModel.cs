using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>What a shard must hold, in plain collections; makes the commits that lead there.</summary>
/// <remarks>Each change's detail repeats the state that it makes, so that a replay of the log gives the states.</remarks>
public sealed class ShardModel(ShardMap map, Shard shard)
{
    private readonly List<LogRow> _log = [];
    private readonly Dictionary<Token, IndicatorRow> _indicators = [];

    public Shard Shard => shard;

    public long Head { get; private set; }

    public IReadOnlyList<LogRow> Log => _log;

    public IReadOnlyDictionary<Token, IndicatorRow> Indicators => _indicators;

    /// <summary>Returns a token of this shard; the same for the same number.</summary>
    public Token Token(int number)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"indicator {number}"));
        var rest = ulong.MaxValue / (ulong)map.Count;
        var first = (rest + 1) * (ulong)shard.Number;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, first | (BinaryPrimitives.ReadUInt64BigEndian(bytes) & rest));
        return new(bytes);
    }

    /// <summary>Returns a commit that must succeed on the state of this model: each indicator gets a new state.</summary>
    public ShardCommit Next(params ReadOnlySpan<int> numbers)
    {
        var changes = new List<ShardChange>();
        var writes = new List<IndicatorWrite>();
        foreach (var number in numbers)
        {
            var (token, sequence) = (Token(number), Head + 1 + changes.Count);
            var state = Encoding.UTF8.GetBytes($"indicator {number} as of {sequence}");
            changes.Add(new(token, new((uint)sequence), state));
            writes.Add(new(token, _indicators.GetValueOrDefault(token)?.Version ?? 0, sequence, state));
        }

        return new(Head, new(shard, Head + 1, NewCommitId(), changes), writes);
    }

    /// <summary>Notes a commit that succeeded.</summary>
    public void Apply(ShardCommit commit)
    {
        Head = commit.Row.LastSequence;
        _log.Add(commit.Row);
        foreach (var write in commit.Indicators)
        {
            _indicators[write.Token] = new(write.Token, write.NewVersion, write.State);
        }
    }

    /// <summary>Commits what must succeed, and notes it.</summary>
    public async Task CommitAsync(IShardStore store, ShardCommit commit, CancellationToken cancellationToken)
    {
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(commit, cancellationToken));
        Apply(commit);
    }

    public static UInt128 NewCommitId() => BinaryPrimitives.ReadUInt128BigEndian(RandomNumberGenerator.GetBytes(16));
}
