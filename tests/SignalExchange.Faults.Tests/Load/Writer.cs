using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>One of a member's tasks: says something, says it again by another silo, says more, takes it back.</summary>
internal sealed class Writer(Workload load, Dice dice)
{
    /// <summary>Writes until it is cancelled, any kind of write by any silo.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await StepAsync();
            await Task.Yield(); // A step may find nothing to do.
        }
    }

    private Task StepAsync() =>
        dice.Next(100) switch
        {
            < 42 => SayAsync(load.NewPair(dice)),
            < 50 => SayEverywhereAsync(load.NewPair(dice)),
            < 65 => SayAsync(load.AnyPair(dice)),
            < 80 => SayAgainAsync(load.AnyPair(dice)),
            < 92 => WithdrawAsync(load.AnyPair(dice)),
            _ => SayToStrangersAsync(),
        };

    private async Task SayAsync(Pair? pair)
    {
        if (pair?.TryBegin() == true)
        {
            await SubmitAsync(pair, new(pair.Subject.Identifier, Statement()));
        }
    }

    // The same submission by all silos at once.
    private async Task SayEverywhereAsync(Pair? pair)
    {
        if (
            pair is null
            || !Enumerable.Range(0, load.Silos).Select(_ => pair.TryBegin()).ToList().TrueForAll(may => may)
        )
        {
            return;
        }

        var submission = new SignalSubmission(pair.Subject.Identifier, Statement());
        await Task.WhenAll(Enumerable.Range(0, load.Silos).Select(silo => SubmitAsync(pair, submission, silo)));
    }

    // After a lost answer, or as a duplicate; also of what has been revised or withdrawn since.
    private async Task SayAgainAsync(Pair? pair)
    {
        if (pair?.TakeAgain(dice) is { } submission)
        {
            await SubmitAsync(pair, submission);
        }
    }

    private async Task SubmitAsync(Pair pair, SignalSubmission submission, int? at = null)
    {
        var fate = await RecordAsync(
            WriteKind.Submission,
            pair.Member,
            pair.Subject,
            submission.Id,
            at ?? dice.Next(load.Silos),
            silo => load.ClientOf(pair.Member, silo).SubmitAsync(submission)
        );
        pair.End(submission, fate);
    }

    private async Task WithdrawAsync(Pair? pair)
    {
        if (pair?.TryBeginWithdrawal() == true)
        {
            var withdrawal = new SignalWithdrawal(pair.Subject.Identifier, RetractionReason.FalsePositive);
            await RecordAsync(
                WriteKind.Withdrawal,
                pair.Member,
                pair.Subject,
                withdrawal.Id,
                dice.Next(load.Silos),
                silo => load.ClientOf(pair.Member, silo).WithdrawAsync(withdrawal)
            );
        }
    }

    // To a group that the member may not share with: must be refused, and be nowhere.
    private async Task SayToStrangersAsync()
    {
        var statement = Statement();
        statement.Audience.GroupIds.Add("strangers");
        var (member, subject) = (dice.Pick(load.Members), load.TakeRefusedSubject());
        if (subject is not null)
        {
            var submission = new SignalSubmission(subject.Identifier, statement);
            await RecordAsync(
                WriteKind.Submission,
                member,
                subject,
                submission.Id,
                dice.Next(load.Silos),
                silo => load.ClientOf(member, silo).SubmitAsync(submission)
            );
        }
    }

    private async Task<Fate> RecordAsync(
        WriteKind kind,
        Platform member,
        Subject subject,
        SubmissionId id,
        int silo,
        Func<int, Task<SubmitOutcome>> call
    )
    {
        var started = load.Recorder.Now;
        var (outcome, failure) = await TryAsync(() => call(silo));
        var fate = outcome switch
        {
            { IsAccepted: true } => Fate.Accepted,
            { IsTransient: false } => Fate.Refused,
            _ => Fate.Unknown,
        };
        load.Recorder.Add(
            new Write(kind, member.Id.Value, subject.Number, id, silo, new(started, load.Recorder.Now), fate)
            {
                Signal = outcome?.Signal ?? default,
                Revision = outcome?.Revision ?? 0,
                Sequence = outcome?.Position?.Sequence ?? 0,
                IsAlreadyKnown = outcome?.IsAlreadyKnown ?? false,
                Reason = outcome?.Refusal?.Reason ?? failure,
            }
        );
        return fate;
    }

    private static async Task<(SubmitOutcome? Outcome, ErrorReason Failure)> TryAsync(Func<Task<SubmitOutcome>> call)
    {
        try
        {
            return (await call(), default);
        }
        catch (SignalExchangeException failure)
        {
            return (null, failure.Reason);
        }
    }

    private SignalStatement Statement() =>
        Statements.Valid(
            TimeProvider.System.GetUtcNow(),
            statement => statement.Confidence = (uint)(50 + dice.Next(50))
        );
}
