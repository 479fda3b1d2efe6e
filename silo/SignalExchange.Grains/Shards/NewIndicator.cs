using SignalExchange.Grains.Indicators;

namespace SignalExchange.Grains.Shards;

/// <summary>An indicator that nobody has reported yet, and the first signal on it.</summary>
/// <param name="Token">The indicator, 32 bytes.</param>
/// <param name="Command">What is stated.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.new-indicator")]
public sealed record NewIndicator([property: Id(0)] byte[] Token, [property: Id(1)] SubmitCommand Command);
