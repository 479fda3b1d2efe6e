using Azure.Core.Pipeline;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Azure.Shards;
using SignalExchange.Storage.Azure.States;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>The accounts that silos share, read beside them at a moment for which writers wait, or while none writes.</summary>
/// <remarks>
/// Accounts have no snapshot. So the indicators are copied beside the silos (<see cref="ShardCopy"/>), and the moment is when the copy has caught up while the
/// shards are held (<see cref="ShardHolds"/>): a second at most, in which nobody can write and everybody can read. When somebody wrote all the same, it was none, and
/// another is taken. Access logs are read right after: what was acknowledged is recorded in them.
/// </remarks>
public sealed class AzureArchiveSource : IArchiveSource
{
    private const int MaxMoments = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly AzureStorageOptions _options;
    private readonly bool _isAlone;
    private readonly Func<HttpPipelineTransport, HttpPipelineTransport>? _around;

    /// <summary>Names the storage; nothing is asked yet.</summary>
    /// <param name="options">Where it is. Its number of shards does not matter.</param>
    /// <param name="isAlone">Whether no silo may use it meanwhile: what it acknowledged then would be lost on the way.</param>
    public AzureArchiveSource(AzureStorageOptions options, bool isAlone)
        : this(options, isAlone, around: null) { }

    /// <summary>Names the storage, with something between it and its connections: tests make faults with it.</summary>
    internal AzureArchiveSource(
        AzureStorageOptions options,
        bool isAlone,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around
    ) => (_options, _isAlone, _around) = (options, isAlone, around);

    /// <inheritdoc/>
    public async Task<IArchive> OpenAsync(CancellationToken cancellationToken)
    {
        var session = await ArchiveSession.FindAsync(_options, _around, cancellationToken);
        ShardCopy? shards = null;
        try
        {
            shards = new ShardCopy(session);
            await shards.ReadAsync(cancellationToken);
            var states = await TakeMomentAsync(session, shards, cancellationToken);
            return new AzureArchive(session, shards, states, await LogsAsync(session, cancellationToken), _isAlone);
        }
        catch
        {
            shards?.Dispose();
            session.Dispose();
            throw;
        }
    }

    private static async Task<StateMoment> TakeMomentAsync(
        ArchiveSession session,
        ShardCopy shards,
        CancellationToken cancellationToken
    )
    {
        for (var left = MaxMoments; left > 0; left--)
        {
            if (await TryTakeMomentAsync(session, shards, cancellationToken) is { } states)
            {
                return states;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new StorageUnavailableException(
            $"In {MaxMoments} moments for which writers were to wait somebody wrote. Try again when less is written."
        );
    }

    // The grains' states at a moment of all shards; null when it was none.
    private static async Task<StateMoment?> TryTakeMomentAsync(
        ArchiveSession session,
        ShardCopy shards,
        CancellationToken cancellationToken
    )
    {
        var states = await session.States.ReadMomentAsync(cancellationToken);
        await shards.FollowAsync(cancellationToken);
        var holds = new ShardHolds(session.Shards, session.Reader, session.Map);
        bool isMoment;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await holds.PlaceAsync(cancellationToken);
            patience.CancelAfter(ShardHolds.Patience);
            await shards.FollowAsync(patience.Token);
            if (!await session.States.HasAsync(states.Versions, patience.Token))
            {
                states = await session.States.ReadMomentAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // Nobody waits for it any more.
        }
        finally
        {
            isMoment = await holds.LiftAsync();
        }

        return isMoment && session.Map.All.All(shard => shards.MarkOf(shard) == holds.HeadOf(shard)) ? states : null;
    }

    private static async Task<IReadOnlyList<LogCopy>> LogsAsync(
        ArchiveSession session,
        CancellationToken cancellationToken
    )
    {
        var logs = new List<LogCopy>();
        foreach (var log in await LogCopy.NamesAsync(session.Logs, cancellationToken))
        {
            logs.Add(await LogCopy.ReadAsync(session.Logs, log, cancellationToken));
        }

        return logs;
    }
}
