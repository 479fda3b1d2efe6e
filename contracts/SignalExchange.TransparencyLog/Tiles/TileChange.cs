namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>A file of a log that is new.</summary>
/// <param name="Path">Its name. A file once written under a name never changes.</param>
/// <param name="Bytes">All of it.</param>
public sealed record TileChange(TilePath Path, ReadOnlyMemory<byte> Bytes);
