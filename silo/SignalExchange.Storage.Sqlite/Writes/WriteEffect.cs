namespace SignalExchange.Storage.Sqlite.Writes;

/// <summary>What a write did to the transaction that it ran in.</summary>
internal enum WriteEffect
{
    /// <summary>Wrote all that it was to write, or was refused before it wrote anything.</summary>
    Whole,

    /// <summary>Was refused halfway: what it wrote must be taken back.</summary>
    Half,
}
