using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Quotas;

/// <summary>Holds one member's quotas of the day, lets the ledgers decide, and writes a lease before it hands it out.</summary>
/// <remarks>
/// One exception to "written first", so that a full disk does not stop checks: tokens, never evaluations, are granted unwritten up
/// to <see cref="QuotaOptions.UnwrittenTokensPercent"/> of the limit. The next write that succeeds makes up for it.
/// </remarks>
internal sealed class QuotaGrain(
    [PersistentState("quota-evaluations", NamedGrainStorage.ProviderName)]
        IPersistentState<EvaluationQuotaState> evaluations,
    [PersistentState("quota-tokens", NamedGrainStorage.ProviderName)] IPersistentState<TokenQuotaState> tokens,
    [PersistentState("quota-writes", NamedGrainStorage.ProviderName)] IPersistentState<WriteQuotaState> writes,
    IMemberStanding members,
    IOptions<QuotaOptions> options,
    QuotaMetrics metrics,
    TimeProvider clock,
    ILogger<QuotaGrain> logger
) : Grain, IQuotaGrain
{
    /// <summary>The smallest leases that are worth a write: a full batch of evaluations or ads, a tenth of a full one of tokens or signals.</summary>
    private const int SmallestEvaluationBlock = Limits.MaxEvaluateBatch;
    private const int SmallestTokenBlock = Limits.MaxBatch / 10;
    private const int SmallestRegistrationBlock = Limits.MaxTemplateBatch;

    // Tokens granted since the last write that succeeded.
    private long _unwritten;

    private QuotaLimits Own => members.LimitsOf(this.GetPrimaryKeyString());

    private EnumerationAlarm Alarm =>
        new(
            members.Policy.HasAlarmTokens ? (int)members.Policy.AlarmTokens : options.Value.AlarmTokens,
            AlarmHitsPerMillion
        );

    private int AlarmHitsPerMillion =>
        members.Policy.HasAlarmHitsPerMillion
            ? (int)members.Policy.AlarmHitsPerMillion
            : options.Value.AlarmHitsPerMillion;

    private LeaseTerms EvaluationTerms =>
        LeaseTerms.Of(Own.EvaluationsPerDay ?? options.Value.EvaluationsPerDay, SmallestEvaluationBlock);

    private LeaseTerms TokenTerms => LeaseTerms.Of(Own.TokensPerDay ?? options.Value.TokensPerDay, SmallestTokenBlock);

    public async Task<LeaseReply> LeaseEvaluations(LeaseRequest request)
    {
        var (now, terms) = (clock.GetUtcNow(), EvaluationTerms);
        var day = QuotaDay.Later(evaluations.State.Day, now);
        var account = QuotaDay.IsNew(day, evaluations.State.Day) ? new QuotaAccount() : evaluations.State.Account;
        var step = QuotaLedger.Renew(account, request, terms);
        if ((step.Next ?? (QuotaDay.IsCorrected(day, evaluations.State.Day) ? account : null)) is { } next)
        {
            var state = new EvaluationQuotaState { Day = day, Account = next };
            if (await evaluations.TryReplace(state, DeactivateOnIdle) is { } failure)
            {
                return ReplyOf(default, terms, day, now) with { Error = failure };
            }

            metrics.Leased("evaluations");
        }

        return ReplyOf(step, terms, day, now);
    }

    public async Task<LeaseReply> LeaseWrites(WriteKind kind, LeaseRequest request)
    {
        var (now, terms, known) = (clock.GetUtcNow(), TermsOf(kind), writes.State.Day);
        var day = QuotaDay.Later(known, now);
        var state = QuotaDay.IsNew(day, known) ? new WriteQuotaState() : writes.State.Clone();
        var account = state.Accounts.GetValueOrDefault((int)kind, new());
        var step = QuotaLedger.Renew(account, request, terms);
        if (step.Next is not null || QuotaDay.IsCorrected(day, known))
        {
            state.Day = day;
            state.Accounts[(int)kind] = step.Next ?? account;
            if (await writes.TryReplace(state, DeactivateOnIdle) is { } failure)
            {
                return ReplyOf(default, terms, day, now) with { Error = failure };
            }

            metrics.Leased(NameOf(kind));
        }

        return ReplyOf(step, terms, day, now);
    }

    public async Task<TokenLeaseReply> LeaseTokens(TokenLeaseRequest request)
    {
        var (now, terms) = (clock.GetUtcNow(), TokenTerms);
        var day = QuotaDay.Later(tokens.State.Day, now);
        var state = QuotaDay.IsNew(day, tokens.State.Day)
            ? TokenQuotaLedger.NewDay(day, TokenHash.NewKey())
            : TokenQuotaLedger.SameDay(day, tokens.State);
        var step = TokenQuotaLedger.Renew(state, request, terms, Alarm);
        var reply = ReplyOf(step.Lease, terms, day, now);
        var mustWrite = step.IsChanged || QuotaDay.IsCorrected(day, tokens.State.Day);
        if (mustWrite && await WriteTokens(step, terms) is { } failure)
        {
            return new(reply with { Granted = 0, Error = failure }, day, [], []);
        }

        return new(reply, day, step.State.Key.ToByteArray(), step.State.Sketch.ToByteArray());
    }

    /// <summary>Tries once more to write what was granted unwritten; if it fails, a restart would forget it.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_unwritten > 0)
        {
            await tokens.TryReplace(tokens.State, DeactivateOnIdle);
        }
    }

    private async Task<ErrorReason?> WriteTokens(TokenLeaseStep step, LeaseTerms terms)
    {
        var failure = await tokens.TryReplace(step.State, DeactivateOnIdle);
        if (failure is null)
        {
            _unwritten = 0;
        }
        else if (failure == ErrorReason.StorageUnavailable && MayGrantUnwritten(step.Lease.Granted, terms))
        {
            _unwritten += step.Lease.Granted;
            tokens.State = step.State;
            QuotaLog.GrantedUnwritten(logger, this.GetPrimaryKeyString(), step.Lease.Granted, _unwritten);
            failure = null;
        }

        if (failure is null)
        {
            metrics.Leased("tokens");
            RaiseAlarm(step.Alarm);
        }

        return failure;
    }

    private bool MayGrantUnwritten(long granted, LeaseTerms terms) =>
        (_unwritten + granted) * 100 <= terms.Limit * options.Value.UnwrittenTokensPercent;

    private void RaiseAlarm(DayOfTokens? raised)
    {
        if (raised is { } day)
        {
            metrics.AlarmRaised();
            QuotaLog.NearZeroHitRate(
                logger,
                this.GetPrimaryKeyString(),
                (long)day.Tokens,
                (long)day.Hits,
                AlarmHitsPerMillion
            );
        }
    }

    private LeaseTerms TermsOf(WriteKind kind) =>
        kind switch
        {
            WriteKind.Submissions => LeaseTerms.Of(
                Own.SubmissionsPerDay ?? options.Value.SubmissionsPerDay,
                SmallestTokenBlock
            ),
            WriteKind.Withdrawals => LeaseTerms.Of(
                Own.WithdrawalsPerDay ?? options.Value.WithdrawalsPerDay,
                SmallestTokenBlock
            ),
            WriteKind.Registrations => LeaseTerms.Of(
                Own.RegistrationsPerDay ?? options.Value.RegistrationsPerDay,
                SmallestRegistrationBlock
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of writes."),
        };

    private static string NameOf(WriteKind kind) =>
        kind switch
        {
            WriteKind.Submissions => "submissions",
            WriteKind.Withdrawals => "withdrawals",
            _ => "registrations",
        };

    private static LeaseReply ReplyOf(LeaseStep step, LeaseTerms terms, long day, DateTimeOffset now) =>
        new(step.Granted, step.IsRefused, step.Available, terms.Limit, QuotaDay.EndOf(day) - now);
}
