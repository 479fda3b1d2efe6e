namespace SignalExchange.Storage.Archives;

/// <summary>The kinds of what an engine stores, in the order in which an archive holds them.</summary>
public enum ArchiveKind
{
    /// <summary>A grain's state: members, keys, groups, approvals, accounts.</summary>
    State = 1,

    /// <summary>A row of a shard's log.</summary>
    LogRow = 2,

    /// <summary>An indicator's state.</summary>
    Indicator = 3,

    /// <summary>An access log.</summary>
    AccessLog = 4,

    /// <summary>A row of an access log's tail.</summary>
    Tail = 5,

    /// <summary>A file of an access log.</summary>
    Resource = 6,
}
