namespace SignalExchange.Storage.Archives;

/// <summary>How far a copy is.</summary>
/// <param name="IsVerifying">Whether what was written is read back.</param>
/// <param name="Done">The records so far.</param>
/// <param name="Expected">How many there will be, roughly.</param>
public readonly record struct ArchiveStep(bool IsVerifying, long Done, long Expected);
