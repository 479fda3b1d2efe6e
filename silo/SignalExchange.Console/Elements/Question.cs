using Microsoft.AspNetCore.Components;

namespace SignalExchange.WebConsole.Elements;

/// <summary>What is asked before something is done.</summary>
/// <param name="Title">The question.</param>
/// <param name="Text">What will happen.</param>
/// <param name="Act">What stands on the button.</param>
/// <param name="Done">What is said afterwards.</param>
/// <param name="IsGrave">Whether it can't be undone.</param>
public sealed record Question(string Title, string Text, string Act, string Done, bool IsGrave = false)
{
    /// <summary>Gets what is shown below the text; null for nothing.</summary>
    public RenderFragment? Content { get; init; }
}
