using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf.Collections;
using Grpc.Core;
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
        AddPositions(request.Tokens.Span, response);
        var candidates = ArrayPool<int>.Shared.Rent(count);
        int found;
        try
        {
            var nowHours = IndicatorSummary.HoursDown(clock.GetUtcNow());
            found = index.FindHits(request.Tokens.Span, nowHours, candidates);
            if (found > 0)
            {
                response.Hits.Add(await ReadHits(request, caller, candidates.AsMemory(0, found), cancellationToken));
                PlaceVerdicts(request.Tokens.Span, response);
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
                verdicts[place] = await Indicator(TokenAt(request.Tokens.Span, candidates.Span[place]))
                    .Check(caller, cancelled)
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
    private void PlaceVerdicts(ReadOnlySpan<byte> tokens, CheckResponse response)
    {
        foreach (var hit in response.Hits)
        {
            hit.Verdict.Position = Find(response.AsOf, shards.ShardOf(TokenAt(tokens, (int)hit.Index)));
        }
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

    private void AddPositions(ReadOnlySpan<byte> tokens, CheckResponse response)
    {
        var asked = new ShardSet(stackalloc ulong[ShardSet.Words]);
        for (var rest = tokens; !rest.IsEmpty; rest = rest[Token.Size..])
        {
            asked.Add(shards.ShardOf(BinaryPrimitives.ReadUInt64BigEndian(rest)));
        }

        response.AsOf.Capacity = asked.Count;
        while (asked.TryTakeFirst(out var shard))
        {
            freshness.RequireCurrent(shard);
            response.AsOf.Add(freshness.PositionOf(shard));
        }
    }
}
