namespace SignalExchange.Audit.Search;

/// <summary>A page that was asked for.</summary>
/// <param name="After">Where the last page ended; null for the first page.</param>
/// <param name="Size">How many lines.</param>
internal readonly record struct AuditPage(long? After, int Size);
