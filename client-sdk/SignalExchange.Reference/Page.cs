namespace SignalExchange.Reference;

/// <summary>A page of the reference.</summary>
/// <param name="Path">Its file, from the root of the checkout.</param>
/// <param name="Text">Its Markdown, the same bytes each time.</param>
internal sealed record Page(string Path, string Text);
