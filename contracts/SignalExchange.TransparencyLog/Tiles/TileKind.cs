namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>What a file of a log holds.</summary>
public enum TileKind
{
    /// <summary>Hashes of the tree: <c>tile/L/N</c>.</summary>
    Hashes,

    /// <summary>Entries: <c>tile/entries/N</c>.</summary>
    Entries,

    /// <summary>Sealed details of entries, ours and not C2SP's: <c>detail/N</c>.</summary>
    Details,
}
