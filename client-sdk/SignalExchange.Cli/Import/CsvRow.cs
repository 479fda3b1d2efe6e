using SignalExchange.Tokens;

namespace SignalExchange.Cli.Import;

/// <summary>A row of a CSV file.</summary>
/// <param name="Line">The line that it ends on, from 1.</param>
/// <param name="Identifier">The identifier; null when the row was refused.</param>
/// <param name="Problem">Why it was refused; never the content.</param>
internal sealed record CsvRow(long Line, Identifier? Identifier, string? Problem);
