namespace SignalExchange.Grains.Serialization;

/// <summary>A <see cref="Contracts.Signals.Caller"/> on its way between silos.</summary>
/// <param name="Member">The member.</param>
/// <param name="Groups">Its groups.</param>
[GenerateSerializer]
[Alias("signalexchange.caller")]
public readonly record struct CallerSurrogate([property: Id(0)] string Member, [property: Id(1)] string[] Groups);
