namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>A blob, as a container lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct ListedBlob(string Name, long Length);
