namespace SignalExchange.Storage;

/// <summary>Storage that the host opens before anything uses its ports.</summary>
/// <remarks>An engine registers each of its stores under this port too, so that the host opens them without knowing the engine.</remarks>
public interface IOpenableStorage
{
    /// <summary>Takes the storage, makes it or brings it up to date, and is ready. Does nothing when it is open.</summary>
    /// <param name="cancellationToken">Ends the opening, where the engine can still stop it.</param>
    /// <exception cref="StorageInUseException">Another process has the storage to itself.</exception>
    /// <exception cref="StorageFormatException">It is not ours, newer, or does not fit the settings.</exception>
    /// <exception cref="StorageUnavailableException">It can't be used.</exception>
    Task OpenAsync(CancellationToken cancellationToken);
}
