using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>An exchange in memory, for platforms' own tests: members, audiences, revisions, withdrawal, expiry, without network or keys.</summary>
/// <remarks>
/// The rules of statements, visibility and verdicts are the exchange's own, from the contracts library. Tokens are random names within one fake.
/// Safe from any thread. Nothing is bounded and nothing is durable: it is for tests.
/// </remarks>
public sealed class FakeSignalExchange
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Identifier, FakeIndicator> _indicators = [];
    private readonly HashSet<MemberId> _suspended = [];
    private readonly Queue<ErrorReason> _failures = new();
    private readonly TimeProvider _clock;

    /// <summary>Creates an exchange that nobody has told anything.</summary>
    /// <param name="clock">Its clock, by which signals expire; null for the system's.</param>
    public FakeSignalExchange(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    /// <summary>Makes the client of a member.</summary>
    /// <param name="member">The member's id; two clients of one id are the same member.</param>
    /// <param name="groups">The sharing groups that it belongs to.</param>
    public ISignalExchangeClient CreateClient(string member, params IEnumerable<string> groups) =>
        new FakeClient(this, new Caller(new MemberId(member), groups.ToHashSet(StringComparer.Ordinal)));

    /// <summary>Lets the next call of any member fail as a whole.</summary>
    /// <param name="reason">With what; its status code is the exchange's.</param>
    public void FailNext(ErrorReason reason)
    {
        lock (_gate)
        {
            _failures.Enqueue(reason);
        }
    }

    /// <summary>Refuses every further call of a member, as operators can.</summary>
    public void Suspend(string member)
    {
        lock (_gate)
        {
            _suspended.Add(new MemberId(member));
        }
    }

    /// <summary>Runs a call of a member, one at a time.</summary>
    internal T Call<T>(Caller caller, Func<T> call)
    {
        lock (_gate)
        {
            if (_failures.TryDequeue(out var reason))
            {
                throw FakeFailure.Of(reason);
            }

            return _suspended.Contains(caller.Member) ? throw FakeFailure.Of(ErrorReason.MemberSuspended) : call();
        }
    }

    internal EvaluatedIdentifier TokenOf(Identifier identifier) => IndicatorOf(identifier).Name;

    internal Verdict? Check(Identifier identifier, Caller caller)
    {
        if (!_indicators.TryGetValue(identifier, out var indicator))
        {
            return null;
        }

        var verdict = VerdictPolicy.Fold(indicator.Signals, caller, _clock.GetUtcNow());
        if (verdict is not null)
        {
            verdict.Position = indicator.Position;
        }

        return verdict?.Clone();
    }

    internal IReadOnlyList<Signal> Read(Identifier identifier, Caller caller)
    {
        var now = _clock.GetUtcNow();
        return _indicators.TryGetValue(identifier, out var indicator)
            ?
            [
                .. indicator
                    .Signals.Where(signal =>
                        signal.Owner == caller.Member.Value || (signal.IsLive(now) && Visibility.CanSee(signal, caller))
                    )
                    .Select(signal =>
                    {
                        var shown = signal.Clone();
                        shown.State = signal.StateAt(now);
                        return shown;
                    }),
            ]
            : [];
    }

    internal SubmitOutcome Submit(SignalSubmission submission, Caller caller)
    {
        var now = _clock.GetUtcNow();
        var refusal =
            MessageForms.Check(submission.Statement)?.Within("statement")
            ?? StatementRules.Check(submission.Statement, submission.Identifier.Type, now)?.Within("statement")
            ?? (
                submission.Statement.Audience.GroupIds.All(caller.Groups.Contains)
                    ? null
                    : new Refusal(ErrorReason.AudienceNotYours, "statement.audience.group_ids")
            );
        return refusal is { } refused
            ? FakeIndicator.Refused(submission.Id, refused)
            : IndicatorOf(submission.Identifier).Submit(submission, caller, now);
    }

    internal SubmitOutcome Withdraw(SignalWithdrawal withdrawal, Caller caller) =>
        _indicators.TryGetValue(withdrawal.Identifier, out var indicator)
            ? indicator.Withdraw(withdrawal, caller, _clock.GetUtcNow())
            : FakeIndicator.Refused(withdrawal.Id, new Refusal(ErrorReason.SignalNotFound));

    private FakeIndicator IndicatorOf(Identifier identifier)
    {
        if (!_indicators.TryGetValue(identifier, out var indicator))
        {
            indicator = new FakeIndicator(identifier.Type);
            _indicators.Add(identifier, indicator);
        }

        return indicator;
    }
}
