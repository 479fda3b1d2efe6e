using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Index.Tables;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Which tokens this exchange has something live to say about: what a check asks first, and mostly last.</summary>
/// <remarks>
/// <para>
/// Holds every indicator with a live signal, in 14 to 16 bytes each. Of all checks 999 in 1,000 ask about something that
/// nobody has reported; they turn round here after one trip to memory, without a grain call, a lock or an allocation.
/// </para>
/// <para>
/// Exact but for chance: it never hides a live signal of a shard whose log it has applied, and it takes a token that is
/// not there for one that is with a probability of about 1 in 10^12 at 10 million indicators; the grain then says "not
/// known". It knows no token: only a keyed hash of each, whose key leaves the process in sealed snapshots only.
/// </para>
/// <para>
/// Reading is safe from any thread and never waits, whatever is written meanwhile. Writing is safe from any thread; within
/// a shard one writer waits for the other. What the index knows is as new as <see cref="AppliedSequence"/> says; whether
/// that is all there is, <see cref="IsCurrent"/> says.
/// </para>
/// </remarks>
public sealed class LocalIndex : IRowConsumer
{
    // As many as a core can have under way: more prefetches than that push each other out.
    private const int TokensAtOnce = 16;

    private readonly ShardMap _shardMap;
    private readonly TimeProvider _time;
    private readonly RegionPool _pool = new();
    private readonly Lines[] _lines;
    private readonly IndexShard[] _shards;
    private FingerprintKey _key = new();
    private volatile bool _isComplete;

    /// <summary>Creates an empty index.</summary>
    /// <param name="shards">The exchange's shards.</param>
    /// <param name="time">The clock by which <see cref="WaitForAsync"/> ends.</param>
    public LocalIndex(ShardMap shards, TimeProvider time)
        : this(shards, time, templates: null) { }

    /// <summary>Creates an empty index that tells another one of templates.</summary>
    internal LocalIndex(ShardMap shards, TimeProvider time, TemplateFeed? templates)
    {
        _shardMap = shards;
        _time = time;
        _lines = new Lines[shards.Count];
        _shards =
        [
            .. shards.All.Select(shard => new IndexShard(new ShardTable(_lines, shard.Number, _pool), templates)),
        ];
    }

    /// <summary>Gets the number of indicators, those included that have ended and were not swept yet.</summary>
    public long Count => _lines.Sum(lines => (long)lines.Entries);

    /// <summary>Gets the memory that the indicators take, in bytes, the room between them included.</summary>
    public long MemoryBytes => _lines.Sum(lines => lines.Bytes);

    /// <summary>Looks a token up.</summary>
    /// <param name="token">The token.</param>
    /// <param name="summary">What the index holds, ended or not; <see cref="IndicatorSummary.NothingLive"/> if nothing.</param>
    /// <returns>Whether the index holds it.</returns>
    public bool TryFind(in Token token, out IndicatorSummary summary)
    {
        summary = new(Lines.Find(ref LinesOf(token.Prefix), _key.Of(token)));
        return summary.IsLive;
    }

    /// <summary>Returns whether there is something live to say about a token.</summary>
    /// <param name="token">Its 32 bytes.</param>
    /// <param name="nowHours">The time, from <see cref="IndicatorSummary.HoursDown"/>.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public bool Contains(ReadOnlySpan<byte> token, uint nowHours)
    {
        if (token.Length != Token.Size)
        {
            throw new ArgumentException($"A token has {Token.Size} bytes, got {token.Length}.", nameof(token));
        }

        return Lines.Find(ref LinesOf(token), _key.Of(token)) > nowHours;
    }

    /// <summary>Finds the tokens of a batch about which there is something live to say. Faster than one by one.</summary>
    /// <param name="packedTokens">Tokens of 32 bytes, end to end.</param>
    /// <param name="nowHours">The time, from <see cref="IndicatorSummary.HoursDown"/>.</param>
    /// <param name="hitIndexes">Receives the places of the hits in the batch, from 0, ascending. Room for every token.</param>
    /// <returns>The number of hits.</returns>
    /// <exception cref="ArgumentException">The tokens are not a multiple of 32 bytes, or more than there is room for.</exception>
    /// <remarks>Memory answers many questions in the time of one, so it is asked for sixteen lines before one is read.</remarks>
    public int FindHits(ReadOnlySpan<byte> packedTokens, uint nowHours, Span<int> hitIndexes)
    {
        var (count, rest) = Math.DivRem(packedTokens.Length, Token.Size);
        if (rest != 0 || count > hitIndexes.Length)
        {
            throw new ArgumentException(
                $"Got {packedTokens.Length} bytes of tokens of {Token.Size} and room for {hitIndexes.Length} hits.",
                nameof(packedTokens)
            );
        }

        var hits = 0;
        for (var first = 0; first < count; first += TokensAtOnce)
        {
            var atOnce = Math.Min(TokensAtOnce, count - first);
            var tokens = packedTokens.Slice(first * Token.Size, atOnce * Token.Size);
            hits += FindHitsAtOnce(tokens, first, nowHours, hitIndexes[hits..]);
        }

        return hits;
    }

    /// <inheritdoc/>
    /// <remarks>When changes before the row are missing, the shard is not current until the log was read up to the row.</remarks>
    public bool Apply(LogRow row)
    {
        if (!_shardMap.Contains(row.Shard) || row.Changes.Any(change => _shardMap.ShardOf(change.Token) != row.Shard))
        {
            throw new ArgumentException($"A row of shard {row.Shard} has a change of another shard.", nameof(row));
        }

        return _shards[row.Shard.Number].Apply(row, _key);
    }

    /// <summary>Returns whether the index was built and has every change of the shard that it was told of.</summary>
    /// <remarks>If not, "not in the index" does not mean "not known": ask the shard's owner, the storage, or refuse.</remarks>
    public bool IsCurrent(Shard shard) => _isComplete && HasAllHeard(shard);

    /// <inheritdoc/>
    public long AppliedSequence(Shard shard) => _shards[shard.Number].AppliedSequence;

    /// <summary>Waits until a shard's log was applied up to a position.</summary>
    /// <param name="position">The position, as a submit returned it.</param>
    /// <param name="limit">How long to wait at most; 49 days at most; zero or less only looks.</param>
    /// <param name="cancellationToken">Ends the waiting with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether it was.</returns>
    public ValueTask<bool> WaitForAsync(ShardPosition position, TimeSpan limit, CancellationToken cancellationToken)
    {
        var shard = _shards[position.Shard.Number];
        return shard.AppliedSequence >= position.Sequence
            ? new(true)
            : new(WaitAsync(shard, position.Sequence, limit, cancellationToken));
    }

    /// <summary>Forgets the indicators that have ended, shard by shard; readers go on meanwhile.</summary>
    /// <param name="nowHours">The time, from <see cref="IndicatorSummary.HoursDown"/>.</param>
    /// <returns>How many.</returns>
    public int RemoveEnded(uint nowHours) => _shards.Sum(shard => shard.RemoveEnded(nowHours));

    /// <summary>Gets how many changes the index was told of and does not have, in the shard that is furthest behind.</summary>
    public long Lag => _shards.Max(shard => shard.Lag);

    /// <summary>Gets whether the index was built.</summary>
    internal bool IsComplete => _isComplete;

    /// <summary>Says that the index was built: from now on a shard without a gap is current.</summary>
    internal void MarkComplete() => _isComplete = true;

    /// <summary>Gets the key under which tokens are named.</summary>
    internal FingerprintKey Key => _key;

    /// <summary>Copies a shard, with where its log was applied up to. Its writer waits meanwhile.</summary>
    internal ShardCapture Capture(Shard shard) => _shards[shard.Number].Capture();

    /// <summary>Begins to fill a shard aside.</summary>
    internal TableBuilder BeginTable(int entries) => new(entries, _pool);

    /// <summary>Takes up what another process had: as if this index had applied the logs itself. Nothing was applied, and nobody reads yet.</summary>
    internal void Resume(FingerprintKey key, IReadOnlyList<(ShardMark Mark, Lines Lines)> shards)
    {
        _key = key;
        for (var number = 0; number < _shards.Length; number++)
        {
            _shards[number].Resume(shards[number].Mark, shards[number].Lines);
        }
    }

    /// <summary>Takes note that a shard's log reaches a position.</summary>
    internal void Hear(ShardPosition position) => _shards[position.Shard.Number].Hear(position.Sequence);

    /// <summary>Returns whether the index has every change of the shard that it was told of.</summary>
    internal bool HasAllHeard(Shard shard) => _shards[shard.Number].HasAllHeard;

    private int FindHitsAtOnce(ReadOnlySpan<byte> tokens, int firstIndex, uint nowHours, Span<int> hitIndexes)
    {
        Span<Fingerprint> fingerprints = stackalloc Fingerprint[TokensAtOnce];
        var count = tokens.Length / Token.Size;
        for (var i = 0; i < count; i++)
        {
            var token = tokens.Slice(i * Token.Size, Token.Size);
            fingerprints[i] = _key.Of(token);
            Volatile.Read(ref LinesOf(token)).Prefetch(fingerprints[i]);
        }

        var hits = 0;
        for (var i = 0; i < count; i++)
        {
            if (Lines.Find(ref LinesOf(tokens[(i * Token.Size)..]), fingerprints[i]) > nowHours)
            {
                hitIndexes[hits++] = firstIndex + i;
            }
        }

        return hits;
    }

    private async Task<bool> WaitAsync(
        IndexShard shard,
        long sequence,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            var change = shard.NextChange(); // asked for before looking, so that none is missed in between
            var left = limit - _time.GetElapsedTime(start);
            if (shard.AppliedSequence >= sequence || left <= TimeSpan.Zero)
            {
                return shard.AppliedSequence >= sequence;
            }

            await change
                .WaitAsync(left, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ref Lines LinesOf(ReadOnlySpan<byte> token) => ref LinesOf(BinaryPrimitives.ReadUInt64BigEndian(token));

    private ref Lines LinesOf(ulong prefix) => ref _lines[_shardMap.ShardOf(prefix).Number];
}
