using Microsoft.Playwright;
using SignalExchange.TestKit;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>How a test types into dialogs.</summary>
internal static class DialogFields
{
    /// <summary>Types into a field until it holds the text, or as much of it as the field takes.</summary>
    /// <remarks>
    /// A dialog takes the focus two round trips after it is seen (MudFocusTrap). What is typed in that moment goes nowhere; a person sees that and types
    /// again.
    /// </remarks>
    public static Task Enter(this ILocator field, string text) =>
        Eventually.ResultAsync(
            async () =>
            {
                await field.FillAsync(text);
                return await field.InputValueAsync();
            },
            held => held.Length > 0 && text.StartsWith(held, StringComparison.Ordinal),
            "the field holds what is typed"
        );
}
