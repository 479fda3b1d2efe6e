using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Reading;

/// <summary>An entry of the log as a reader gets it.</summary>
/// <param name="Index">Its place in the log, from 0.</param>
/// <param name="Entry">The leaf: its hash was compared with the tree's.</param>
/// <param name="Detail">Who did what; null unless <paramref name="State"/> is <see cref="DetailState.Open"/>.</param>
/// <param name="State">What became of the detail.</param>
public sealed record LoggedEntry(long Index, AccessLogEntry Entry, AccessLogDetail? Detail, DetailState State)
{
    /// <summary>Returns the index and the state, never what the entry says.</summary>
    public override string ToString() => $"entry {Index} ({State})";
}
