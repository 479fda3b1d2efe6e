namespace SignalExchange.Grains.Rotation;

/// <summary>Rows of one key in a part of a shard's log.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Sequence">Up to which sequence was read.</param>
/// <param name="IsAtEnd">Whether that was the log's end at the time.</param>
public sealed record SurveyPage(IReadOnlyList<SurveyRow> Rows, long Sequence, bool IsAtEnd);
