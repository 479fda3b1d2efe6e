namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>A file that was read.</summary>
/// <param name="Path">What was read: the full one, if that has taken the place of the partial one that was asked for.</param>
/// <param name="Bytes">All of it.</param>
internal readonly record struct TileFile(TilePath Path, ReadOnlyMemory<byte> Bytes);
