using System.Collections.Frozen;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

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
            DeliveryRules = Rules(surrogate.DeliveryRules),
        };

    /// <inheritdoc/>
    public CallerSurrogate ConvertToSurrogate(in Caller value) =>
        new(
            value.Member.Value,
            [.. value.Groups],
            [.. value.UsableGroups],
            [.. value.Jurisdictions],
            value.IsTest,
            [.. value.DeliveryRules.Values.Select(rule => rule.ToByteArray())]
        );

    // A silo of the version before sends none.
    private static FrozenDictionary<string, DeliveryRule> Rules(byte[][]? rules) =>
        (rules ?? [])
            .Select(DeliveryRule.Parser.ParseFrom)
            .ToFrozenDictionary(rule => rule.Country, StringComparer.Ordinal);

    private static FrozenSet<string> Set(string[] values) => values.ToFrozenSet(StringComparer.Ordinal);
}
