namespace SignalExchange.Grains.Serialization;

/// <summary>A <see cref="Contracts.Signals.Caller"/> on its way between silos.</summary>
/// <param name="Member">The member.</param>
/// <param name="Groups">The groups that it sees.</param>
/// <param name="UsableGroups">The groups that it may share with.</param>
/// <param name="Jurisdictions">The countries under whose law it receives.</param>
/// <param name="IsTest">Whether it is in test mode.</param>
/// <param name="DeliveryRules">What the law of those countries asks, each in protobuf encoding.</param>
[GenerateSerializer]
[Alias("signalexchange.caller")]
public readonly record struct CallerSurrogate(
    [property: Id(0)] string Member,
    [property: Id(1)] string[] Groups,
    [property: Id(2)] string[] UsableGroups,
    [property: Id(3)] string[] Jurisdictions,
    [property: Id(4)] bool IsTest,
    [property: Id(5)] byte[][] DeliveryRules
);
