using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Shards;

/// <summary>Grain storage of indicators: reads from the storage port, writes through the indicator's shard.</summary>
/// <remarks>The ETag is the row's version: the sequence of the change that wrote it. Other grains use ordinary storage.</remarks>
internal sealed class ShardGrainStorage(
    IShardStore store,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    TimeProvider clock,
    ILogger<ShardGrainStorage> logger
) : IGrainStorage
{
    public const string ProviderName = "shards";

    // Made once: a reference made by its interface looks attributes up by reflection each time.
    private readonly Lazy<IShardGrain[]> _shards = new(() =>
        [.. store.Shards.All.Select(shard => grains.GetGrain<IShardGrain>(shard.Number))]
    );

    /// <summary>Returns the version that an ETag stands for; 0 for none.</summary>
    public static long VersionOf(string? etag) =>
        etag is null ? 0 : long.Parse(etag, NumberStyles.None, CultureInfo.InvariantCulture);

    public async Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        var row = await store.ReadIndicatorAsync(TokenOf(grainId), cancellationToken);
        var state = row is null ? new IndicatorState() : IndicatorState.Parser.ParseFrom(row.State.Span);
        grainState.State = (T)(object)state;
        grainState.RecordExists = row is not null;
        grainState.ETag = row is null ? null : ETagOf(row.Version);
    }

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        var token = TokenOf(grainId);
        var state = (IndicatorState)(object)grainState.State!;
        var write = ShardWrite.Of(token, VersionOf(grainState.ETag), state, clock.GetUtcNow(), silo.SiloAddress);
        var result = await Write(store.Shards.ShardOf(token), write);
        if (result.Failure != ErrorReason.Unspecified)
        {
            throw new StateWriteException(result.Failure, result.LeavesStateUnknown);
        }

        grainState.ETag = ETagOf(result.Sequence);
        grainState.RecordExists = true;
    }

    /// <summary>Not offered: an indicator's history is never cleared, its signals are withdrawn or expire.</summary>
    public Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Indicators are not cleared; their signals are withdrawn or expire.");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    private async Task<ShardWriteResult> Write(Shard shard, ShardWrite write)
    {
        try
        {
            return await _shards.Value[shard.Number].Write(write);
        }
        // The shard's silo is gone, or goes, or is too slow: whether it wrote, only the row can tell.
        catch (Exception failure) when (failure is TimeoutException or OrleansMessageRejectionException)
        {
            return ShardWriteResult.Conflict();
        }
        // The shard can't be opened. The runtime hands on why, in its own words when the shard would live on another silo.
        catch (Exception failure)
        {
            ShardLog.NotReached(logger, failure, shard.Number);
            return ShardWriteResult.Conflict(ErrorReason.StorageUnavailable);
        }
    }

    private static Token TokenOf(GrainId grainId) => Token.FromKeyString(grainId.Key.ToString());

    private static string ETagOf(long version) => version.ToString(CultureInfo.InvariantCulture);
}
