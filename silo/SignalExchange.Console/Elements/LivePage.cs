using Grpc.Core;
using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.WebConsole.Elements;

/// <summary>What pages have in common: they call the exchange, say why it said no, and stop when they are left.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private int _calls;
    private int _turn;

    [Inject]
    private SessionEnd Session { get; set; } = null!;

    /// <summary>Gets the exchange's services.</summary>
    [Inject]
    protected ExchangeCalls Exchange { get; set; } = null!;

    /// <summary>Gets what the exchange said no with; null when it did not.</summary>
    protected Problem? Problem { get; private set; }

    /// <summary>Gets whether a call is under way.</summary>
    protected bool IsBusy => _calls > 0;

    /// <summary>Gets what ends when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>Calls the exchange.</summary>
    /// <returns>Whether it was done; if not, <see cref="Problem"/> says why.</returns>
    protected Task<bool> Try(Func<Task> call) => Try(call, problem => Problem = problem);

    /// <summary>Calls the exchange, for a part of the page that says itself why it was refused.</summary>
    /// <param name="call">The call.</param>
    /// <param name="told">Is told what the exchange said no with; null when it did not.</param>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> Try(Func<Task> call, Action<Problem?> told)
    {
        _calls++;
        try
        {
            await call();
            told(null);
            return true;
        }
        catch (RpcException) when (_left.IsCancellationRequested)
        {
            return false;
        }
        catch (RpcException failure)
        {
            var problem = Calls.Problem.Of(failure);
            told(problem);
            if (problem.Reason == ErrorReason.SessionEnded)
            {
                Session.Raise();
            }

            return false;
        }
        finally
        {
            _calls--;
        }
    }

    /// <summary>Asks the exchange for what the page shows. Answers come in any order: only that to the last question is shown, and only what it was refused with.</summary>
    /// <param name="ask">Asks.</param>
    /// <param name="show">Takes the answer.</param>
    /// <param name="clear">Takes away what another question had found, when this one is refused; null keeps it.</param>
    protected Task Read<T>(Func<Task<T>> ask, Action<T> show, Action? clear = null)
    {
        var turn = ++_turn;
        return Try(
            async () =>
            {
                var answer = await ask();
                if (turn == _turn)
                {
                    show(answer);
                }
            },
            problem =>
            {
                if (turn != _turn)
                {
                    return;
                }

                Problem = problem;
                if (problem is not null)
                {
                    clear?.Invoke();
                }
            }
        );
    }

    /// <summary>Asks for nothing: what is asked already is not shown any more, and what was refused is forgotten.</summary>
    protected void AskNothing() => (_turn, Problem) = (_turn + 1, null);

    /// <summary>Reads what the page shows.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Reads what the page shows after something was done. Why the exchange said no to that stays, whatever comes of the reading.</summary>
    protected async Task LoadAgain()
    {
        var refusal = Problem;
        await Load();
        Problem = refusal ?? Problem;
    }

    /// <summary>Reads a listing to its end.</summary>
    /// <param name="ask">Asks for the page of a token; empty for the first.</param>
    protected static async Task<List<T>> All<T>(Func<string, Task<(IEnumerable<T> Page, string Next)>> ask)
    {
        var all = new List<T>();
        var token = "";
        do
        {
            (var page, token) = await ask(token);
            all.AddRange(page);
        } while (token.Length > 0);
        return all;
    }

    /// <summary>The page is left.</summary>
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }
}
