using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>The contract's words for what became of a detail.</summary>
internal static class EntryStates
{
    /// <summary>Returns the word.</summary>
    public static EntryDetailState Of(DetailState state) =>
        state switch
        {
            DetailState.Open => EntryDetailState.Open,
            DetailState.Shredded => EntryDetailState.Shredded,
            _ => EntryDetailState.Damaged,
        };
}
