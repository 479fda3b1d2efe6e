using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf.Collections;
using Grpc.Core;
using SignalExchange.Clustering;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Security;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Signals;

internal sealed partial class SignalGrpcService
{
    /// <inheritdoc/>
    public override Task<CheckResponse> Check(CheckRequest request, ServerCallContext context) =>
        pace.Keep(
            () => Check(request, context.GetCaller().Caller, context.CancellationToken),
            context.CancellationToken
        );

    /// <summary>
    /// Answers a batch. The positions are read before the index is probed, so the answer is true at them or later. A miss ends
    /// in the index; only a hit reaches a grain.
    /// </summary>
    private async Task<CheckResponse> Check(CheckRequest request, Caller caller, CancellationToken cancellationToken)
    {
        using var timing = metrics.Time("check");
        Require.Form(request);
        await RequireKey(request.KeyId, forSubmission: false, cancellationToken);
        var count = request.Tokens.Length / Token.Size;
        RequireCount(count, Limits.MaxBatch, "tokens");
        await freshness.Require(request.AtLeast, cancellationToken);
        await quotas.RequireTokens(caller.Member, request.Tokens.Memory, cancellationToken);

        var response = new CheckResponse();
        await AddPositions(request.Tokens.Span, response, cancellationToken);
        var candidates = ArrayPool<int>.Shared.Rent(count);
        int found;
        try
        {
            var nowHours = IndicatorSummary.HoursDown(clock.GetUtcNow());
            found = index.FindHits(request.Tokens.Span, nowHours, candidates);
            if (found > 0)
            {
                response.Hits.Add(
                    await ReadHits(request, caller, candidates.AsMemory(0, found), response.AsOf, cancellationToken)
                );
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(candidates);
        }

        metrics.Checked(request.Purpose, count, found, response.Hits.Count);
        if (response.Hits.Count > 0)
        {
            quotas.CountHits(caller.Member, request.Tokens.Span, response.Hits.Select(hit => (int)hit.Index));
        }

        return Require.Size(response, "tokens");
    }

    /// <summary>Asks the indicators that the index knows; what the caller may not see reads the same as nothing there.</summary>
    private async Task<IEnumerable<CheckHit>> ReadHits(
        CheckRequest request,
        Caller caller,
        ReadOnlyMemory<int> candidates,
        RepeatedField<Position> asOf,
        CancellationToken cancellationToken
    )
    {
        var verdicts = new Verdict?[candidates.Length];
        await Parallel.ForAsync(
            0,
            candidates.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Value.MaxParallelItems,
                CancellationToken = cancellationToken,
            },
            async (place, cancelled) =>
                verdicts[place] = await ReadHit(
                    TokenAt(request.Tokens.Span, candidates.Span[place]),
                    caller,
                    asOf,
                    cancelled
                )
        );

        var hits = new List<CheckHit>(verdicts.Length);
        for (var place = 0; place < verdicts.Length; place++)
        {
            if (verdicts[place] is { } verdict)
            {
                hits.Add(new CheckHit { Index = (uint)candidates.Span[place], Verdict = verdict });
            }
        }

        return hits;
    }

    // The shard's position, as for a miss: the indicator's own would tell of changes that the caller may not see.
    private async Task<Verdict?> ReadHit(
        Token token,
        Caller caller,
        RepeatedField<Position> asOf,
        CancellationToken cancellationToken
    )
    {
        var position = Find(asOf, shards.ShardOf(token));
        var verdict = await Indicator(token).Check(caller, (long)position.Sequence, cancellationToken);
        verdict?.Position = position;
        return verdict;
    }

    // They are there, in order.
    private static Position Find(RepeatedField<Position> positions, Shard shard)
    {
        var (least, most) = (0, positions.Count - 1);
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = positions[middle].Shard < shard.Number ? (middle + 1, most) : (least, middle);
        }

        return positions[least];
    }

    private ValueTask AddPositions(
        ReadOnlySpan<byte> tokens,
        CheckResponse response,
        CancellationToken cancellationToken
    )
    {
        var asked = new ShardSet(stackalloc ulong[ShardSet.Words]);
        for (var rest = tokens; !rest.IsEmpty; rest = rest[Token.Size..])
        {
            asked.Add(shards.ShardOf(BinaryPrimitives.ReadUInt64BigEndian(rest)));
        }

        response.AsOf.Capacity = asked.Count;
        var (now, areCurrent) = (Moment.Now(clock), true);
        while (asked.TryTakeFirst(out var shard))
        {
            areCurrent &= freshness.IsCurrent(shard, now);
            response.AsOf.Add(freshness.PositionOf(shard));
        }

        return areCurrent ? ValueTask.CompletedTask : WaitUntilCurrent(response.AsOf, cancellationToken);
    }

    private async ValueTask WaitUntilCurrent(RepeatedField<Position> positions, CancellationToken cancellationToken)
    {
        var asked = positions.Select(position => new Shard((int)position.Shard)).ToList();
        await freshness.RequireCurrent(asked, cancellationToken);
        positions.Clear();
        positions.Add(asked.Select(freshness.PositionOf));
    }
}
