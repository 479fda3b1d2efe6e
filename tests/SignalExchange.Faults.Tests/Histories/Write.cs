using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Faults.Tests.Histories;

/// <summary>A submission or withdrawal, and what its caller was told.</summary>
internal sealed record Write(
    WriteKind Kind,
    string Member,
    int Subject,
    SubmissionId Id,
    int Silo,
    Interval Time,
    Fate Fate
)
{
    /// <summary>Gets the signal; of an accepted write only, as what follows.</summary>
    public SignalId Signal { get; init; }

    public uint Revision { get; init; }

    /// <summary>Gets where the write stands in the log of its subject's shard.</summary>
    public ulong Sequence { get; init; }

    public bool IsAlreadyKnown { get; init; }

    /// <summary>Gets why it was not accepted; unspecified when nobody said.</summary>
    public ErrorReason Reason { get; init; }

    /// <summary>Gets whose signal on what it is about: there is at most one.</summary>
    public (string Member, int Subject) Pair => (Member, Subject);

    public bool IsAcceptedSubmission => Kind == WriteKind.Submission && Fate == Fate.Accepted;

    public bool IsAcceptedWithdrawal => Kind == WriteKind.Withdrawal && Fate == Fate.Accepted;

    /// <summary>Gets whether it made a change of its own, which has a place of its own in the log.</summary>
    public bool IsChange => Fate == Fate.Accepted && !IsAlreadyKnown;
}
