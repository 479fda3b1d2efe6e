namespace SignalExchange.Storage;

/// <summary>What became of a commit whose outcome is known.</summary>
public enum CommitOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Refused: the head stands elsewhere, so another writer owns the shard. Nothing was written.</summary>
    StaleHead,

    /// <summary>Refused: an indicator's row has another version than expected. Nothing was written.</summary>
    StaleIndicator,
}
