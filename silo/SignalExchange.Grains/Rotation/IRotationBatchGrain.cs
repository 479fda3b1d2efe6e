namespace SignalExchange.Grains.Rotation;

/// <summary>One batch of a rotation, as it is shown to auditors. Its key: the rotation's, "/", the fence of who wrote it, "/", its number.</summary>
/// <remarks>Under one fence one worker writes, one batch after the other: nobody overwrites what another has finished.</remarks>
[Alias("signalexchange.rotation-batch")]
public interface IRotationBatchGrain : IGrainWithStringKey
{
    /// <summary>Writes the batch. Durable when it returns.</summary>
    [Alias("Put")]
    Task Put(byte[] batch);

    /// <summary>Reads the batch; empty when there is none.</summary>
    [Alias("Get")]
    Task<byte[]> Get();

    /// <summary>Removes the batch.</summary>
    [Alias("Clear")]
    Task Clear();
}
