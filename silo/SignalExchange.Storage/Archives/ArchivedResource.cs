namespace SignalExchange.Storage.Archives;

/// <summary>A file of an access log. In the order of logs and paths, as bytes.</summary>
/// <param name="Log">The log.</param>
/// <param name="Path">Its path, as <see cref="AccessLog.AccessLogPaths"/> has it.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ArchivedResource(string Log, string Path, ReadOnlyMemory<byte> Content)
    : ArchiveRecord(ArchiveKind.Resource);
