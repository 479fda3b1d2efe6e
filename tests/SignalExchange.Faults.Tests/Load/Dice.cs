using CsCheck;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Chance of one task. Not for several threads.</summary>
internal sealed class Dice(uint stream, ulong seed)
{
    private readonly PCG _numbers = new(stream, seed);

    /// <summary>Returns a number from 0 to one less than the bound.</summary>
    public int Next(int bound) => (int)_numbers.Next((uint)bound);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];
}
