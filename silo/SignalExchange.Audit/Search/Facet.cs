namespace SignalExchange.Audit.Search;

/// <summary>The columns that are kept as bits. Numbers are stored: never change one.</summary>
internal enum Facet
{
    /// <summary>The member's name.</summary>
    Member = 1,

    /// <summary>The key's role.</summary>
    Role = 2,

    /// <summary>The method's name.</summary>
    Method = 3,

    /// <summary>The purpose.</summary>
    Purpose = 4,

    /// <summary>Answered or refused.</summary>
    Outcome = 5,

    /// <summary>The status code, plus 1.</summary>
    Status = 6,

    /// <summary>The reason of a refusal.</summary>
    Reason = 7,

    /// <summary>The key's name.</summary>
    Key = 8,

    /// <summary>The rules that raised an alarm.</summary>
    Anomaly = 9,

    /// <summary>1 on entries that were reviewed.</summary>
    Reviewed = 10,
}
