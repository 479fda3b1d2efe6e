using SignalExchange.Client;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A member that submits, withdraws and checks by the SDK without a pause, and remembers what it was acknowledged.</summary>
/// <param name="client">Its client.</param>
/// <param name="identifiers">What it speaks about; others may speak about them, too.</param>
/// <param name="seed">What it says when.</param>
internal sealed class BusyMember(SignalExchangeClient client, IReadOnlyList<Identifier> identifiers, int seed)
{
    private readonly Dictionary<int, Acknowledged> _said = [];
    private readonly HashSet<SignalId> _ids = [];
    private uint _step = (uint)seed;

    /// <summary>Gets how many things it did.</summary>
    public int Acts { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Does one thing after the other.</summary>
    public async Task Work(Func<bool> goesOn)
    {
        while (goesOn())
        {
            await Act();
        }
    }

    /// <summary>Does one thing, and looks at once what became of it.</summary>
    public async Task Act()
    {
        _step = unchecked((_step * 1_664_525) + 1_013_904_223); // Numerical Recipes: any sequence will do, the same each time.
        var place = (int)(_step >> 8) % identifiers.Count;
        if (_said.TryGetValue(place, out var said) && !said.IsWithdrawn && (_step >> 4) % 4 == 0)
        {
            await Withdraw(place, said);
        }
        else
        {
            await Submit(place, 1 + ((_step >> 16) % 100));
        }

        await Look(place);
        Acts++;
    }

    /// <summary>Compares everything that it was acknowledged with what it reads now.</summary>
    public async Task CompareAll()
    {
        foreach (var place in _said.Keys)
        {
            await Look(place);
        }

        // One signal a member and indicator, whatever its name: as many ids as indicators.
        Assert.Equal(_said.Count, _ids.Count);
    }

    private async Task Submit(int place, uint confidence)
    {
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow(), it => it.Confidence = confidence);
        var submission = new SignalSubmission(identifiers[place], statement);
        var outcome = await client.SubmitAsync(submission, Ct);
        Assert.True(outcome.IsAccepted, $"{outcome.Refusal}");
        var again = await client.SubmitAsync(submission, Ct); // As after a lost reply.
        Assert.Equal((outcome.Signal, outcome.Revision, true), (again.Signal, again.Revision, again.IsAlreadyKnown));
        Note(place, new(outcome.Signal, outcome.Revision, confidence, IsWithdrawn: false));
    }

    private async Task Withdraw(int place, Acknowledged said)
    {
        var outcome = await client.WithdrawAsync(new(identifiers[place], RetractionReason.FalsePositive), Ct);
        Assert.True(outcome.IsAccepted, $"{outcome.Refusal}");
        Note(place, said with { Revision = outcome.Revision, IsWithdrawn = true });
    }

    private void Note(int place, Acknowledged now)
    {
        if (_said.TryGetValue(place, out var before))
        {
            Assert.Equal((before.Signal, before.Revision + 1), (now.Signal, now.Revision));
        }

        _said[place] = now;
        _ids.Add(now.Signal);
    }

    private async Task Look(int place)
    {
        var said = _said[place];
        var verdict = (await client.CheckAsync(identifiers[place], CheckPurpose.Test, Ct)).Verdict;
        var read = (await client.GetAsync([identifiers[place]], CheckPurpose.Test, Ct))[0].Signals;

        var own = Assert.Single(read, signal => SignalId.Read(signal.SignalId.Span) == said.Signal);
        Assert.Equal(
            (said.Revision, said.Confidence, said.IsWithdrawn),
            (own.Revision, own.Statement.Confidence, own.State == SignalState.Retracted)
        );
        Assert.Equal(!said.IsWithdrawn, verdict?.Signals.Any(signal => signal.SignalId == own.SignalId) ?? false);
    }

    private sealed record Acknowledged(SignalId Signal, uint Revision, uint Confidence, bool IsWithdrawn);
}
