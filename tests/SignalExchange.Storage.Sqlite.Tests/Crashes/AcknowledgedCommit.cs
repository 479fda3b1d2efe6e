using System.Globalization;

namespace SignalExchange.Storage.Sqlite.Tests.Crashes;

/// <summary>A commit that a process says was acknowledged: a line that it printed.</summary>
internal readonly record struct AcknowledgedCommit(Shard Shard, long LastSequence, UInt128 CommitId)
{
    public static AcknowledgedCommit Parse(string line)
    {
        var parts = line.Split(' ');
        return new(
            new(int.Parse(parts[0], CultureInfo.InvariantCulture)),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            UInt128.Parse(parts[2], CultureInfo.InvariantCulture)
        );
    }

    // The dot shows that the line is whole.
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Shard.Number} {LastSequence} {CommitId} .");
}
