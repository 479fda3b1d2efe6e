namespace SignalExchange.TransparencyLog.Verification;

/// <summary>What is wrong with a log.</summary>
public enum LogFindingKind
{
    /// <summary>There is no checkpoint, or what is there is none.</summary>
    CheckpointUnreadable,

    /// <summary>The checkpoint is not signed by the log, or by too few witnesses, or a signature is wrong.</summary>
    CheckpointUntrusted,

    /// <summary>The log does not continue the older checkpoint: something that was in it then is not now.</summary>
    NotConsistent,

    /// <summary>The entries do not hash to the root that was signed.</summary>
    RootDiffers,

    /// <summary>An entry is not the one that was logged.</summary>
    EntryAltered,

    /// <summary>An entry that was logged is not there; those behind it have moved up, or it was the last.</summary>
    EntryRemoved,

    /// <summary>An entry stands where none was logged; those behind it have moved on.</summary>
    EntryInserted,

    /// <summary>Two entries stand in each other's place.</summary>
    EntriesSwapped,

    /// <summary>A bundle and its tile were changed together: which of its entries were, no hash is left to tell.</summary>
    BundleRewritten,

    /// <summary>A bundle of entries is absent.</summary>
    BundleMissing,

    /// <summary>A tile is not that of the entries.</summary>
    TileAltered,

    /// <summary>A tile is absent, or has another length.</summary>
    TileMissing,

    /// <summary>A sealed detail is not the one that its entry commits to.</summary>
    DetailAltered,

    /// <summary>A sealed detail is absent and was not allowed to be.</summary>
    DetailMissing,

    /// <summary>A bundle of details is cut off, or holds another number than there are entries.</summary>
    DetailsUnreadable,
}
