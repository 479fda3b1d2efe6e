using System.Collections.Frozen;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;

namespace SignalExchange.Grains.Serialization;

/// <summary>Carries <see cref="Caller"/> between silos.</summary>
[RegisterConverter]
public sealed class CallerConverter : IConverter<Caller, CallerSurrogate>
{
    /// <inheritdoc/>
    public Caller ConvertFromSurrogate(in CallerSurrogate surrogate) =>
        new(new MemberId(surrogate.Member), Set(surrogate.Groups))
        {
            UsableGroups = Set(surrogate.UsableGroups),
            Jurisdictions = Set(surrogate.Jurisdictions),
            IsTest = surrogate.IsTest,
        };

    /// <inheritdoc/>
    public CallerSurrogate ConvertToSurrogate(in Caller value) =>
        new(value.Member.Value, [.. value.Groups], [.. value.UsableGroups], [.. value.Jurisdictions], value.IsTest);

    private static FrozenSet<string> Set(string[] values) => values.ToFrozenSet(StringComparer.Ordinal);
}
