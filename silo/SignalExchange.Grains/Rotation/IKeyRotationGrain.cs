using Orleans.Concurrency;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Rotation;

/// <summary>One key rotation: how far it is, and who works on it. Its key is the id of the key that is rotated to.</summary>
/// <remarks>Knows keys by their ids only; what re-keys is the worker's to know.</remarks>
[Alias("signalexchange.key-rotation")]
public interface IKeyRotationGrain : IGrainWithStringKey
{
    /// <summary>Takes the work over, or goes on with it, unless somebody else holds it.</summary>
    /// <param name="holder">Who wants it: the random name of a silo's process.</param>
    /// <param name="order">What was approved; how the rotation begins when it is new.</param>
    /// <returns>The work as it stands; null while somebody else holds it, which is for 30 seconds after each thing that it writes.</returns>
    [Alias("Claim")]
    Task<RotationClaim?> Claim(string holder, RotationProgress order);

    /// <summary>Writes how far it is. Durable when it returns.</summary>
    /// <param name="fence">The fence of the claim.</param>
    /// <param name="progress">How far.</param>
    /// <returns>False when somebody else has taken over: nothing was written, and the worker stops.</returns>
    [Alias("Save")]
    Task<bool> Save(long fence, RotationProgress progress);

    /// <summary>Reads how far it is; null for a rotation that has not begun.</summary>
    [AlwaysInterleave]
    [Alias("Read")]
    Task<RotationProgress?> Read();
}
