namespace SignalExchange.Contracts.Audit;

/// <summary>What a check of an export found.</summary>
public enum ManifestVerdict
{
    /// <summary>The manifest is signed by the key, and the file is the one that it tells of.</summary>
    Valid,

    /// <summary>The envelope or the manifest in it can't be read.</summary>
    Unreadable,

    /// <summary>No signature on it is the key's.</summary>
    SignatureWrong,

    /// <summary>The file's length or digest is another one.</summary>
    FileDiffers,

    /// <summary>Of the entries that it tells of, its checkpoint does not speak of all.</summary>
    NotCovered,
}
