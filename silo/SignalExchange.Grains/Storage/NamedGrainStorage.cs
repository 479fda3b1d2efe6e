using Google.Protobuf;
using Orleans.Storage;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Storage;

/// <summary>Ordinary grain storage of low-volume grains, over the storage port; states are protobuf messages.</summary>
internal sealed class NamedGrainStorage(IGrainStateStore store) : IGrainStorage
{
    public const string ProviderName = "exchange";

    public async Task ReadStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        var row = await store.ReadAsync(stateName, grainId.ToString(), cancellationToken);
        var message = NewMessage<T>();
        if (row is not null)
        {
            message.MergeFrom(row.Payload.ToArray());
        }

        grainState.State = (T)message;
        grainState.ETag = row?.ETag;
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        var payload = ((IMessage)grainState.State!).ToByteArray();
        grainState.ETag = await Write(() =>
            store.WriteAsync(stateName, grainId.ToString(), payload, grainState.ETag, cancellationToken)
        );
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(
        string stateName,
        GrainId grainId,
        IGrainState<T> grainState,
        CancellationToken cancellationToken
    )
    {
        await Write(async () =>
        {
            await store.ClearAsync(stateName, grainId.ToString(), grainState.ETag, cancellationToken);
            return "";
        });
        grainState.State = (T)NewMessage<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    private static async Task<string> Write(Func<Task<string>> write)
    {
        try
        {
            return await write();
        }
        catch (StaleStateException stale)
        {
            // Orleans ends the activation on this one; the next reads what is there.
            throw new InconsistentStateException("The stored state is not the one this activation read.", stale);
        }
        catch (StorageUnavailableException)
        {
            throw new StateWriteException(ErrorReason.StorageUnavailable, leavesStateUnknown: false);
        }
        catch (WriteQueueFullException)
        {
            throw new StateWriteException(ErrorReason.WriteQueueFull, leavesStateUnknown: false);
        }
        catch (CommitUnknownException)
        {
            throw new StateWriteException(ErrorReason.WriteConflict, leavesStateUnknown: true);
        }
    }

    private static IMessage NewMessage<T>() =>
        Activator.CreateInstance<T>() as IMessage
        ?? throw new NotSupportedException($"State {typeof(T).Name} is not a protobuf message.");
}
