using Microsoft.AspNetCore.Components;
using MudBlazor;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Elements;

/// <summary>A page on which things are done: it asks first, does, and says what came of it.</summary>
public abstract class ActPage : LivePage
{
    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Messages { get; set; } = null!;

    /// <summary>Asks, does, and reads the page again.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="act">Does it; returns what waits for a second operator, null when it is done.</param>
    /// <returns>Whether it is done or waits.</returns>
    protected async Task<bool> Do(Question question, Func<Task<Approval?>> act) =>
        await Ask(question) && await Do(question.Done, act);

    /// <summary>Does something that needs no question, and reads the page again: also when it was refused, since somebody else may have done it in another page.</summary>
    protected async Task<bool> Do(string done, Func<Task<Approval?>> act)
    {
        Approval? pending = null;
        var isDone = await Try(async () => pending = await act());
        if (isDone)
        {
            Messages.Add(
                pending is null ? done : "Asked for. It waits for a second operator, under Approvals.",
                pending is null ? MudBlazor.Severity.Success : MudBlazor.Severity.Info
            );
        }

        await LoadAgain();
        return isDone;
    }

    /// <summary>Asks.</summary>
    protected async Task<bool> Ask(Question question)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { it => it.Title, question.Title },
            { it => it.Text, question.Text },
            { it => it.Act, question.Act },
            { it => it.IsGrave, question.IsGrave },
            { it => it.Content, question.Content },
        };
        var dialog = await Dialogs.ShowAsync<ConfirmDialog>(question.Title, parameters);
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>Shows a dialog that returns something.</summary>
    protected async Task<T?> Show<TDialog, T>(string title, DialogParameters<TDialog>? parameters = null)
        where TDialog : ComponentBase
        where T : class
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters ?? []);
        return (await dialog.Result)?.Data as T;
    }
}
