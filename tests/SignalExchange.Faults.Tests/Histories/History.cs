namespace SignalExchange.Faults.Tests.Histories;

/// <summary>Every call of a run and what came of it, and what the storage held in the end.</summary>
internal sealed record History
{
    /// <summary>Gets how many silos there are; they are numbered from 0.</summary>
    public required int Silos { get; init; }

    /// <summary>Gets how old an answer may be at most, as the exchange promises.</summary>
    public required TimeSpan FreshnessLimit { get; init; }

    /// <summary>Gets the shard of each subject, by its number.</summary>
    public required IReadOnlyList<int> Shards { get; init; }

    public required IReadOnlyList<Write> Writes { get; init; }

    public required IReadOnlyList<Read> Reads { get; init; }

    public required IReadOnlyList<ShardRows> Logs { get; init; }

    public required IReadOnlyList<LoggedCalls> AccessLogs { get; init; }

    /// <summary>Returns how many calls a silo answered.</summary>
    public int AnsweredBy(int silo) =>
        Reads.Count(read => read.Silo == silo)
        + Writes.Count(write => write.Silo == silo && write.Fate != Fate.Unknown);

    /// <summary>Gets the reads that follow everything else.</summary>
    public IEnumerable<Read> FinalReads => Reads.Where(read => read.IsFinal);

    /// <summary>Gets each answer with its read, and the position that was stated for its shard; 0 for none.</summary>
    public IEnumerable<(Read Read, Answer Answer, ulong AsOf)> Answers =>
        from read in Reads
        from answer in read.Answers
        select (read, answer, read.AsOf.GetValueOrDefault(Shards[answer.Subject]));
}
