namespace SignalExchange.Grains.Serialization;

/// <summary>A contract message on its way between silos: in its own encoding, which tolerates other versions.</summary>
/// <param name="Bytes">The message in protobuf encoding.</param>
[GenerateSerializer]
[Alias("signalexchange.message")]
public readonly record struct MessageSurrogate([property: Id(0)] byte[] Bytes);
