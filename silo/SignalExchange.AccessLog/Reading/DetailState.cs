namespace SignalExchange.AccessLog.Reading;

/// <summary>What became of the detail beside an entry.</summary>
public enum DetailState
{
    /// <summary>It was read, and its digests are those that the entry states.</summary>
    Open,

    /// <summary>Its period's key was destroyed when its time had come. Entry and proofs stay valid.</summary>
    Shredded,

    /// <summary>It is not what the entry states, or it or its key is lost: somebody must look into it.</summary>
    Damaged,
}
