namespace SignalExchange.Storage.Archives;

/// <summary>One thing that an engine stores, in a form that is the same on every engine.</summary>
/// <param name="Kind">Which kind it is; one of the derived records.</param>
public abstract record ArchiveRecord(ArchiveKind Kind);
