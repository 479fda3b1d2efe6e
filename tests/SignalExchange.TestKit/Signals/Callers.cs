using System.Collections.Frozen;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;

namespace SignalExchange.TestKit.Signals;

/// <summary>Callers to test with.</summary>
public static class Callers
{
    /// <summary>A member that belongs to the given groups.</summary>
    public static Caller Of(string member, params string[] groups) =>
        new(new MemberId(member), groups.ToFrozenSet(StringComparer.Ordinal));
}
