using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>An exchange in memory, for platforms' own tests: members, audiences, revisions, withdrawal, expiry, without network or keys.</summary>
/// <remarks>
/// <para>
/// Its clients are the SDK's own, with another exchange behind them: batches, order, bulk and what is refused before it is sent are the
/// same to the letter. The rules of statements, visibility and verdicts are those of the contracts library, as in the real exchange.
/// </para>
/// <para>
/// Tokens are good within one fake only. Safe from any thread. Nothing is durable and nothing is bounded: it is for tests.
/// </para>
/// </remarks>
public sealed class FakeSignalExchange
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly FakeKeys _keys = new();
    private readonly FakeLedger _ledger;
    private readonly FakeTemplates _templates;
    private readonly FakeScript _script = new();
    private readonly Dictionary<MemberId, Caller> _members = [];
    private readonly HashSet<MemberId> _suspended = [];

    /// <summary>Creates an exchange that nobody has told anything.</summary>
    /// <param name="clock">Its clock, by which signals expire; null for the system's.</param>
    public FakeSignalExchange(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _ledger = new FakeLedger(_clock);
        _templates = new FakeTemplates(_ledger, _keys, _clock);
    }

    /// <summary>Makes a client of a member.</summary>
    /// <param name="member">The member's id; clients of one id are the same member.</param>
    /// <param name="groups">The sharing groups that the member belongs to from now on, whichever client it uses.</param>
    /// <returns>The client. It needs no disposal.</returns>
    public ISignalExchangeClient CreateClient(string member, params IEnumerable<string> groups)
    {
        var id = new MemberId(member);
        lock (_gate)
        {
            _members[id] = new Caller(id, groups.ToHashSet(StringComparer.Ordinal));
        }

        // Retries would hide what a test scripts; they are tested with the SDK.
        var options = new SignalExchangeClientOptions { Clock = _clock, MaxRetries = 0 };
        return new SignalExchangeClient(options, new FakeCalls(this, id), new FakeTokens(this, id));
    }

    /// <summary>Lets calls fail as a whole, as if the client's retries were used up. Work in bulk goes on after those that pass by themselves.</summary>
    /// <param name="reason">With what; the status code is the exchange's.</param>
    /// <param name="calls">How many of the next calls, by any member; at least 1.</param>
    public void FailNext(ErrorReason reason, int calls = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        lock (_gate)
        {
            _script.Fail(reason, calls);
        }
    }

    /// <summary>Refuses single submissions, registrations, growths or withdrawals, with nothing written for them.</summary>
    /// <param name="reason">Why; <see cref="ErrorReason.Unspecified"/> lets an item pass, so that a later one can be chosen.</param>
    /// <param name="items">How many of the next that reach the exchange, by any member; at least 1.</param>
    public void RefuseNext(ErrorReason reason, int items = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        lock (_gate)
        {
            _script.Refuse(reason, items);
        }
    }

    /// <summary>Refuses every further call of a member, as operators can. Its signals stay.</summary>
    /// <param name="member">The member's id.</param>
    public void Suspend(string member)
    {
        lock (_gate)
        {
            _suspended.Add(new MemberId(member));
        }
    }

    /// <summary>Lets a suspended member call again.</summary>
    /// <param name="member">The member's id.</param>
    public void Reinstate(string member)
    {
        lock (_gate)
        {
            _suspended.Remove(new MemberId(member));
        }
    }

    /// <summary>
    /// Ends the epoch of all keys: signals stay, every token becomes another, and the old ones are refused with
    /// <see cref="ErrorReason.KeyRetired"/>. Clients notice by themselves; stored tokens have to be made again.
    /// </summary>
    public void RotateKeys()
    {
        lock (_gate)
        {
            _keys.Rotate();
            _ledger.Rename(indicator => _keys.TokenOf(_keys.KeyOf(indicator.Type), indicator.Element.Span));
            _templates.Rename(_keys.KeyOf(IndicatorType.AdTemplate));
        }
    }

    /// <summary>Returns the key of a type that is in force.</summary>
    internal KeyId KeyOf(IndicatorType type)
    {
        lock (_gate)
        {
            return _keys.KeyOf(type);
        }
    }

    /// <summary>Makes tokens for a member.</summary>
    internal EvaluatedIdentifier[] Evaluate(MemberId member, KeyId keyId, IReadOnlyList<Identifier> identifiers) =>
        Run(
            member,
            call =>
            {
                _ = call.RequireInForce(keyId);
                return identifiers.Select(identifier => _keys.Evaluate(keyId, identifier)).ToArray();
            }
        );

    /// <summary>Runs a member's call, one at a time.</summary>
    /// <exception cref="SignalExchangeException">The script, or the member's suspension, says so; or the call does.</exception>
    internal T Run<T>(MemberId member, Func<FakeCall, T> call)
    {
        lock (_gate)
        {
            if (_script.NextFailure() is { } reason)
            {
                throw FakeCall.Failure(reason);
            }

            return _suspended.Contains(member)
                ? throw FakeCall.Failure(ErrorReason.MemberSuspended)
                : call(new FakeCall(_members[member], _keys, _ledger, _templates, _script));
        }
    }
}
