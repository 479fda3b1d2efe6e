namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>The one file of a log that changes.</summary>
internal static class CheckpointFile
{
    /// <summary>Its path.</summary>
    public const string Name = "checkpoint";

    /// <summary>The most bytes that are read of it: as many as of any signed note.</summary>
    public const int MaxBytes = Notes.SignedNote.MaxBytes;
}
