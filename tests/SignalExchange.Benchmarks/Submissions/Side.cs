using System.Diagnostics;
using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>One way to submit, measured in turns with a bare loop.</summary>
/// <param name="Name">The way.</param>
/// <param name="Count">Signals a round.</param>
/// <param name="Submit">Submits once; returns when all of it is acknowledged.</param>
/// <param name="SignalsEach">How many signals that is.</param>
internal sealed record Side(string Name, int Count, Func<Task> Submit, int SignalsEach = 1)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _bareRates = [];
    private readonly List<double> _groups = [];

    public IEnumerable<Measurement> Measurements =>
        [
            Measurement.Of($"{Name}: acknowledged", "1/s", _rates),
            Measurement.Of($"{Name}: signals a transaction", "", _groups),
            Measurement.Of($"{Name}: bare loop, as many a transaction", "1/s", _bareRates),
            Measurement.Of($"{Name}: ratio", "ratio", _rates.Zip(_bareRates, (rate, bare) => rate / bare)),
        ];

    /// <summary>Runs a round of both.</summary>
    /// <param name="writers">How many submit at a time.</param>
    /// <param name="transactions">Returns the exchange's transactions so far.</param>
    /// <param name="bare">Commits so many submissions in transactions of so many, and knows nothing else.</param>
    /// <param name="isWarmUp">Whether the round is not counted.</param>
    public async Task Run(int writers, Func<long> transactions, Func<int, int, Task> bare, bool isWarmUp)
    {
        var before = transactions();
        var rate = await Rate(() => Spread(writers));
        var group = (double)Count / (transactions() - before);
        var bareRate = await Rate(() => bare(Count, (int)Math.Round(group)));
        if (!isWarmUp)
        {
            _rates.Add(rate);
            _groups.Add(group);
            _bareRates.Add(bareRate);
        }
    }

    private async Task<double> Rate(Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private Task Spread(int writers)
    {
        var left = Count / SignalsEach;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(Write)));

        async Task Write()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await Submit();
            }
        }
    }
}
