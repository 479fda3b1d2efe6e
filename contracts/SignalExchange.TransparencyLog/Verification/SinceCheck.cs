using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>The older checkpoint that a log must continue.</summary>
internal sealed class SinceCheck
{
    private readonly Checkpoint _since;

    private SinceCheck(Checkpoint since) => _since = since;

    public long Size => _since.Size;

    /// <summary>Looks at what can be told without the entries.</summary>
    /// <returns>What is left to compare; null if there is nothing, or if it is found out already.</returns>
    public static SinceCheck? For(LogVerifierOptions options, Checkpoint checkpoint, FindingList findings)
    {
        if (options.Since is not { } note)
        {
            return null;
        }

        // An older checkpoint needs the log's signature, else it says nothing; witnesses may have changed since.
        var verdict = (options.Policy with { Quorum = 0 }).Judge(note);
        var since = verdict.Checkpoint;
        var problem =
            !verdict.IsTrusted ? "The older checkpoint is not signed with a trusted key of its origin."
            : since.Origin != checkpoint.Origin ? "The older checkpoint is that of another log."
            : since.Size > checkpoint.Size
                ? $"The log had {since.Size} entries at the older checkpoint and has {checkpoint.Size} now."
            : null;
        if (problem is null)
        {
            return new SinceCheck(since);
        }

        long? entry = since.Size > checkpoint.Size ? checkpoint.Size : null;
        findings.Add(LogFindingKind.NotConsistent, entry, "checkpoint", problem);
        return null;
    }

    /// <summary>Compares the root that the log's entries had at that size.</summary>
    // The whole beginning of the log has just been hashed, which no consistency proof can say more than.
    public void Compare(EntriesPass entries, FindingList findings)
    {
        if (entries.RootAt(_since.Size) != _since.Root)
        {
            findings.Add(
                LogFindingKind.NotConsistent,
                null,
                "checkpoint",
                $"The log's first {_since.Size} entries are not those of the older checkpoint."
            );
        }
    }
}
