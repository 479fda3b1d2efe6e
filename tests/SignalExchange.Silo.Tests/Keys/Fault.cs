using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>
/// Failures at chosen places among all that a rotation asks of keys and storage: before a step is done, or after it, with the answer lost.
/// </summary>
internal sealed class Fault
{
    private int _place;
    private int _next = int.MaxValue;
    private int _stride;

    /// <summary>Gets how many places there were since it was armed: two for each step.</summary>
    public int Places => Volatile.Read(ref _place);

    /// <summary>Gets how often it has struck since it was armed.</summary>
    public int Strikes { get; private set; }

    /// <summary>Chooses the places.</summary>
    /// <param name="first">The first one, from 1.</param>
    /// <param name="stride">How many from each to the next.</param>
    public void Arm(int first, int stride) => (_place, _next, _stride, Strikes) = (0, first, stride, 0);

    /// <summary>Does something that a rotation needs.</summary>
    public async Task<T> Do<T>(Func<Task<T>> step)
    {
        if (IsHere())
        {
            throw new StorageUnavailableException("As if it had not come through.");
        }

        var done = await step();
        return IsHere() ? throw new CommitUnknownException("As if the answer had been lost.") : done;
    }

    /// <summary>Does something that answers nothing.</summary>
    public Task Do(Func<Task> step) =>
        Do(async () =>
        {
            await step();
            return 0;
        });

    private bool IsHere()
    {
        if (Interlocked.Increment(ref _place) < _next)
        {
            return false;
        }

        _next += _stride;
        Strikes++;
        return true;
    }
}
