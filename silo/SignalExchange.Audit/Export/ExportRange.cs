using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Export;

/// <summary>What an export is of.</summary>
/// <param name="Filter">Which entries.</param>
/// <param name="Format">In what format.</param>
/// <param name="Size">How many entries of the log are looked at; no more than the checkpoint speaks of.</param>
/// <param name="Checkpoint">The signed note; empty when none was published yet.</param>
internal sealed record ExportRange(EntryFilter Filter, ExportFormat Format, long Size, string Checkpoint)
{
    /// <summary>Returns the size, never what was filtered for.</summary>
    public override string ToString() => $"range of {Size}";
}
