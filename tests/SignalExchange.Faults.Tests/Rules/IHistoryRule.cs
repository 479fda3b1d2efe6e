using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>Something that holds of every history, whatever failed meanwhile.</summary>
internal interface IHistoryRule
{
    /// <summary>Finds where it does not hold.</summary>
    /// <returns>A sentence for each place; none if it holds.</returns>
    IEnumerable<string> FindViolations(History history);
}
