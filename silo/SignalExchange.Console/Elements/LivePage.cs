using Grpc.Core;
using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.WebConsole.Elements;

/// <summary>What pages have in common: they call the exchange, say why it said no, and stop when they are left.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();

    [Inject]
    private SessionEnd Session { get; set; } = null!;

    /// <summary>Gets the exchange's services.</summary>
    [Inject]
    protected ExchangeCalls Exchange { get; set; } = null!;

    /// <summary>Gets what the exchange said no with; null when it did not.</summary>
    protected Problem? Problem { get; set; }

    /// <summary>Gets whether a call is under way.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Gets what ends when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>Calls the exchange.</summary>
    /// <returns>Whether it was done; if not, <see cref="Problem"/> says why.</returns>
    protected async Task<bool> Try(Func<Task> call)
    {
        IsBusy = true;
        try
        {
            await call();
            Problem = null;
            return true;
        }
        catch (RpcException) when (_left.IsCancellationRequested)
        {
            return false;
        }
        catch (RpcException failure)
        {
            Problem = Calls.Problem.Of(failure);
            if (Problem.Reason == ErrorReason.SessionEnded)
            {
                Session.Raise();
            }

            return false;
        }
        finally
        {
            IsBusy = false;
        }
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
