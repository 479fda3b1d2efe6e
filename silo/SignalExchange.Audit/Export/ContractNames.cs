using System.Collections.Concurrent;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace SignalExchange.Audit.Export;

/// <summary>The contract's own names of enum values, for example <c>CHECK_PURPOSE_PAYMENT</c>.</summary>
internal static class ContractNames
{
    private static readonly ConcurrentDictionary<Enum, string> Names = new();

    /// <summary>Returns the name; empty for a value of 0, which stands for none.</summary>
    public static string Of(Enum value) => Names.GetOrAdd(value, Find);

    private static string Find(Enum value) =>
        Convert.ToInt32(value, null) == 0
            ? ""
            : value.GetType().GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name
                ?? value.ToString("D");
}
