namespace SignalExchange.Benchmarks.Compare;

/// <summary>Runs sides in turns, A B C A B C, so that whatever else the machine does meanwhile meets all of them.</summary>
/// <param name="contestants">The sides; all but the one whose turn it is are idle.</param>
/// <param name="rounds">How many rounds count; those that warm up do not.</param>
internal sealed class Contest(IReadOnlyList<Contestant> contestants, int rounds)
{
    // The runtime compiles what is called often once more, in the background.
    private const int WarmUps = 4;

    /// <summary>Runs it, and once more when a row's rounds lie too far apart.</summary>
    /// <param name="rowsOf">Makes the rows of the sides' rounds.</param>
    public async Task<IReadOnlyList<ComparedRow>> Run(Func<ContestRounds, IReadOnlyList<ComparedRow>> rowsOf)
    {
        await RunRounds(WarmUps);
        return await SteadyRows.Run(async () => rowsOf(await RunRounds(rounds)));
    }

    private async Task<ContestRounds> RunRounds(int count)
    {
        var results = new ContestRounds();
        for (var round = 0; round < count; round++)
        {
            foreach (var contestant in contestants)
            {
                results.Add(contestant.Name, await contestant.Run());
            }
        }

        return results;
    }
}
