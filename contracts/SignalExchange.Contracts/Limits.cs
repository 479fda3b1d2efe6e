namespace SignalExchange.Contracts;

/// <summary>The limits that both sides hold to. A request beyond one is refused with the limit in the error.</summary>
public static class Limits
{
    /// <summary>The most tokens, submissions or withdrawals in one batch.</summary>
    public const int MaxBatch = 10_000;

    /// <summary>The most tokens in one <c>Get</c>.</summary>
    public const int MaxGetBatch = 1_000;

    /// <summary>How many bands an ad's sketch has: as many tokens and evaluations an ad.</summary>
    public const int BandsPerAd = 48;

    /// <summary>The most ads in one <c>MatchAds</c>: their tokens are about a <see cref="MaxBatch"/>.</summary>
    public const int MaxAdBatch = 200;

    /// <summary>The most registrations or growths in one call.</summary>
    public const int MaxTemplateBatch = 100;

    /// <summary>The most blinded elements in one evaluation: about 50 ms of one core.</summary>
    public const int MaxEvaluateBatch = 256;

    /// <summary>The largest message, in bytes: 4 MiB.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>The longest life of a member's JWT.</summary>
    public static readonly TimeSpan MaxCredentialLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How far a client's clock may be off when it states times.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>How long the exchange remembers submission ids, so that a retry is recognised.</summary>
    public static readonly TimeSpan SubmissionMemory = TimeSpan.FromDays(7);

    /// <summary>The most changes that one member can make to its signal on one indicator within <see cref="SubmissionMemory"/>.</summary>
    public const int MaxRevisionsInMemory = 64;

    /// <summary>The most live keys of one member.</summary>
    public const int MaxLiveKeys = 8;

    /// <summary>The most keys that a member adds to itself within 365 days; operators may add more.</summary>
    public const int MaxKeysAddedPerYear = 64;

    /// <summary>The most revoked keys that are listed with a member; of earlier ones only that they are taken is kept.</summary>
    public const int MaxRevokedKeys = 16;

    /// <summary>The most sharing groups.</summary>
    public const int MaxGroups = 4096;

    /// <summary>The most acts that may wait for a second operator.</summary>
    public const int MaxPendingApprovals = 256;

    /// <summary>The most accounts of people, revoked ones too.</summary>
    public const int MaxPeople = 4096;

    /// <summary>How long a one-time sign-in code is good.</summary>
    public static readonly TimeSpan SignInCodeLife = TimeSpan.FromDays(1);

    /// <summary>How long an enrolment code is good.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>How long a second operator has to approve an act.</summary>
    public static readonly TimeSpan ApprovalLife = TimeSpan.FromDays(7);

    /// <summary>The most unsettled disputes that one member may have raised.</summary>
    public const int MaxOpenDisputes = 100;

    /// <summary>The most disputes that the exchange holds, settled ones too; whoever has more than a fair share makes room with the oldest settled ones.</summary>
    public const int MaxDisputes = 4000;

    /// <summary>How long the owner of a signal has to answer a dispute; then the signal is out of force.</summary>
    public static readonly TimeSpan DisputeAnswerLife = TimeSpan.FromDays(7);

    /// <summary>How long after its withdrawal a disputed signal is disputed still when its owner says it again.</summary>
    public static readonly TimeSpan DisputeReturnLife = TimeSpan.FromDays(30);

    /// <summary>The most legal holds at a time.</summary>
    public const int MaxHolds = 256;

    /// <summary>How long decided approvals are listed.</summary>
    public static readonly TimeSpan ApprovalMemory = TimeSpan.FromDays(400);

    /// <summary>The most members on one page of a listing.</summary>
    public const int MaxPageSize = 200;

    /// <summary>The members on a page whose size was not stated.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The most entries, alarms or reviews on one page of an auditor's listing.</summary>
    public const int MaxAuditPageSize = 500;

    /// <summary>The most entries that one review judges.</summary>
    public const int MaxReviewedEntries = 500;

    /// <summary>The most pseudonyms that one filter or report names.</summary>
    public const int MaxFilterPseudonyms = 64;

    /// <summary>The most entries that an alarm lists.</summary>
    public const int MaxAlarmEntries = 100;

    /// <summary>The most bytes in one part of an export.</summary>
    public const int MaxExportChunkBytes = 64 * 1024;
}
