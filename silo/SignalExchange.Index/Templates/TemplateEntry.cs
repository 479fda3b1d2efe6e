using SignalExchange.Contracts;

namespace SignalExchange.Index.Templates;

/// <summary>One template.</summary>
/// <param name="Token">The indicator.</param>
/// <param name="LastSketch">The number of its newest sketch, plus one; 0 for none.</param>
/// <param name="RegisteredHours">When it was registered, as <see cref="Storage.IndicatorSummary.HoursDown"/> counts.</param>
internal readonly record struct TemplateEntry(Token Token, uint LastSketch, uint RegisteredHours);
