using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>The indicators of a fake exchange, in a few shards, each with its own sequence.</summary>
/// <remarks>For one flow at a time.</remarks>
internal sealed class FakeLedger(TimeProvider clock)
{
    // Few, so that a handful of indicators stands in several.
    private const int ShardBits = 2;

    private readonly Attributions _attributions = new(RandomNumberGenerator.GetBytes(32));
    private readonly ulong[] _sequences = new ulong[1 << ShardBits];
    private Dictionary<Token, FakeIndicator> _indicators = [];

    public FakeAnswer Submit(Caller caller, Token token, IndicatorType type, Submission submission)
    {
        if (Refuse(caller, type, submission) is { } refusal)
        {
            return FakeAnswer.Refused(refusal);
        }

        if (!_indicators.TryGetValue(token, out var indicator))
        {
            indicator = new FakeIndicator(type, submission.Element);
            _indicators.Add(token, indicator);
        }

        return indicator.Submit(caller.Member.Value, submission, clock.GetUtcNow(), () => NextPosition(token));
    }

    public FakeAnswer Withdraw(Caller caller, Token token, Withdrawal withdrawal)
    {
        if (MessageForms.Check(withdrawal) is { } refusal)
        {
            return FakeAnswer.Refused(refusal);
        }

        return _indicators.TryGetValue(token, out var indicator)
            ? indicator.Withdraw(caller.Member.Value, withdrawal, clock.GetUtcNow(), () => NextPosition(token))
            : FakeAnswer.Refused(new Refusal(ErrorReason.SignalNotFound));
    }

    /// <summary>Folds what the caller may see; null when that is nothing.</summary>
    public Verdict? Check(Caller caller, Token token) =>
        _indicators.TryGetValue(token, out var indicator) ? Check(caller, indicator, token) : null;

    /// <summary>Folds what the caller may see of an indicator; null when that is nothing.</summary>
    public Verdict? Check(Caller caller, FakeIndicator indicator, Token token)
    {
        // Copied: what a test does to an answer must not change the exchange.
        var verdict = VerdictPolicy.Fold(indicator.Signals, caller, clock.GetUtcNow())?.Clone();
        if (verdict is not null)
        {
            verdict.Position = HeadOf(token);
            for (var place = 0; place < verdict.Signals.Count; place++)
            {
                verdict.Signals[place] = _attributions.Shown(verdict.Signals[place], caller);
            }
        }

        return verdict;
    }

    /// <summary>Returns the live signals that the caller may see, and its own in any state; null when there are none.</summary>
    public GetResult? Read(Caller caller, Token token) =>
        _indicators.TryGetValue(token, out var indicator) ? Read(caller, indicator, token) : null;

    /// <summary>Returns the signals on an indicator that the caller may see, and its own in any state; null when there are none.</summary>
    public GetResult? Read(Caller caller, FakeIndicator indicator, Token token)
    {
        var now = clock.GetUtcNow();
        var visible = indicator
            .Signals.Where(signal =>
                signal.Owner == caller.Member.Value || (signal.IsLive(now) && Visibility.CanSee(signal, caller))
            )
            .Select(signal => _attributions.Shown(Shown(signal, now), caller))
            .ToList();
        return visible.Count == 0 ? null : new GetResult { Signals = { visible }, Position = HeadOf(token) };
    }

    /// <summary>Returns where a token's shard stands.</summary>
    public Position HeadOf(Token token) => HeadOf(ShardOf(token));

    /// <summary>Whether a shard has come to a position; null when there is no such shard.</summary>
    public bool? HasReached(Position position) =>
        position.Shard < _sequences.Length ? _sequences[position.Shard] >= position.Sequence : null;

    /// <summary>Gives every indicator another token.</summary>
    public void Rename(Func<FakeIndicator, Token> nameOf) =>
        _indicators = _indicators.Values.ToDictionary(nameOf, indicator => indicator);

    private Refusal? Refuse(Caller caller, IndicatorType type, Submission submission) =>
        MessageForms.Check(submission) ?? CheckStatement(caller, type, submission.Statement);

    /// <summary>Finds what stands against a statement whose fields have their forms.</summary>
    public Refusal? CheckStatement(Caller caller, IndicatorType type, SignalStatement statement) =>
        StatementRules.Check(statement, type, clock.GetUtcNow())?.Within("statement")
        ?? (
            statement.Audience.GroupIds.All(caller.UsableGroups.Contains)
                ? null
                : new Refusal(ErrorReason.AudienceNotYours, "statement.audience.group_ids")
        );

    /// <summary>Moves the shard of a token on.</summary>
    public Position NextPosition(Token token)
    {
        var shard = ShardOf(token);
        _sequences[shard]++;
        return HeadOf(shard);
    }

    private Position HeadOf(int shard) => new() { Shard = (uint)shard, Sequence = _sequences[shard] };

    private static int ShardOf(Token token) => (int)(token.Prefix >> (64 - ShardBits));

    private static Signal Shown(Signal signal, DateTimeOffset now)
    {
        var shown = signal.Clone();
        shown.State = signal.StateAt(now);
        return shown;
    }
}
