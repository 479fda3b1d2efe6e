using SignalExchange.Contracts;

namespace SignalExchange.Storage.Archives;

/// <summary>An indicator's state. In the order of tokens.</summary>
/// <param name="Token">The indicator.</param>
/// <param name="Version">As <see cref="IndicatorRow.Version"/>.</param>
/// <param name="State">The state.</param>
public sealed record ArchivedIndicator(Token Token, long Version, ReadOnlyMemory<byte> State)
    : ArchiveRecord(ArchiveKind.Indicator);
