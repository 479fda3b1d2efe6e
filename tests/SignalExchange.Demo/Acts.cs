using Google.Protobuf.WellKnownTypes;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.Demo.Corpus;

namespace SignalExchange.Demo;

/// <summary>What the platforms of the story do, one line each. A and B share a ring, C is outside.</summary>
/// <param name="narrator">Tells the lines.</param>
/// <param name="ring">The sharing group of A and B.</param>
internal sealed class Acts(Narrator narrator, string ring)
{
    private const int Withdrawn = 100;

    /// <summary>Plays all of it, on an exchange that nothing happens to meanwhile.</summary>
    public async Task Play(
        Platform a,
        Platform b,
        Platform c,
        List<Specimen> corpus,
        CancellationToken cancellationToken
    )
    {
        var half = corpus.Where((_, place) => place % 2 == 0).ToList();
        var rest = corpus.Except(half).ToList();
        await Submit(a, half, cancellationToken);
        await Check(a, b, corpus, half, cancellationToken);
        await CheckOutside(c, corpus, cancellationToken);
        await Withdraw(a, b, half, cancellationToken);
        var outcomes = await Import(a, rest, static _ => { }, cancellationToken);
        narrator.Line(
            outcomes.Count == rest.Count && outcomes.All(outcome => outcome.IsAccepted),
            $"A imports the rest: {outcomes.Count(outcome => outcome.IsAccepted)} of {rest.Count} acknowledged."
        );
        await VerifyImported(b, rest, outcomes, cancellationToken);
    }

    /// <summary>A submits after bans.</summary>
    public async Task Submit(Platform a, List<Specimen> half, CancellationToken cancellationToken)
    {
        var submissions = half.Select(specimen => new SignalSubmission(specimen.Read(0), Statement()));
        var accepted = 0;
        await foreach (var outcome in a.Client.SubmitManyAsync(submissions.ToAsyncEnumerable(), cancellationToken))
        {
            accepted += outcome is { IsAccepted: true, IsAlreadyKnown: false, Revision: 1 } ? 1 : 0;
        }

        narrator.Line(
            accepted == half.Count,
            $"A submits half of them after bans: {accepted} of {half.Count} accepted."
        );
    }

    /// <summary>B checks everything in other spellings.</summary>
    public async Task Check(
        Platform a,
        Platform b,
        List<Specimen> corpus,
        List<Specimen> half,
        CancellationToken cancellationToken
    )
    {
        var submitted = half.ToHashSet();
        var flagged = 0;
        var wrong = 0;
        var results = b.Client.CheckManyAsync(
            corpus.Select((specimen, place) => specimen.Read(1 + (place % 7))).ToAsyncEnumerable(),
            CheckPurpose.Registration,
            cancellationToken
        );
        var place = 0;
        await foreach (var result in results)
        {
            var isExpected = submitted.Contains(corpus[place++]);
            flagged += isExpected && IsFlaggedBy(a, result.Verdict) ? 1 : 0;
            wrong += !isExpected && result.IsKnown ? 1 : 0;
        }

        narrator.Line(
            flagged == half.Count && wrong == 0,
            $"B checks all {corpus.Count} in other spellings: {flagged} of {half.Count} flagged with A's category and action, {wrong} of the others."
        );
    }

    /// <summary>C checks everything and sees nothing.</summary>
    public async Task CheckOutside(Platform c, List<Specimen> corpus, CancellationToken cancellationToken)
    {
        var seen = 0;
        var identifiers = corpus.Select(specimen => specimen.Read(0)).ToAsyncEnumerable();
        await foreach (var result in c.Client.CheckManyAsync(identifiers, CheckPurpose.Registration, cancellationToken))
        {
            seen += result.IsKnown ? 1 : 0;
        }

        narrator.Line(seen == 0, $"C, outside the audience, checks all of them too and sees {seen}.");
    }

    /// <summary>A withdraws some; B's next check knows.</summary>
    public async Task Withdraw(Platform a, Platform b, List<Specimen> half, CancellationToken cancellationToken)
    {
        var some = half.Take(Math.Min(Withdrawn, half.Count / 2)).ToList();
        var outcomes = await a.Client.WithdrawBatchAsync(
            [.. some.Select(specimen => new SignalWithdrawal(specimen.Read(2), RetractionReason.AppealUpheld))],
            cancellationToken
        );
        var results = await b.Client.CheckBatchAsync(
            [.. some.Select(specimen => specimen.Read(1))],
            CheckPurpose.Registration,
            cancellationToken
        );
        narrator.Line(
            outcomes.All(outcome => outcome.IsAccepted) && !results.Any(result => result.IsKnown),
            $"A withdraws {some.Count}: {outcomes.Count(outcome => outcome.IsAccepted)} accepted; B's next check flags {results.Count(result => result.IsKnown)} of them."
        );
    }

    /// <summary>A imports the rest.</summary>
    /// <param name="a">Who imports.</param>
    /// <param name="rest">What it imports.</param>
    /// <param name="acknowledged">Hears how many were acknowledged, after each.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    /// <returns>What became of each, in order.</returns>
    public async Task<List<SubmitOutcome>> Import(
        Platform a,
        List<Specimen> rest,
        Action<int> acknowledged,
        CancellationToken cancellationToken
    )
    {
        var submissions = rest.Select(specimen => new SignalSubmission(specimen.Read(0), Statement()));
        var outcomes = new List<SubmitOutcome>();
        await foreach (var outcome in a.Client.SubmitManyAsync(submissions.ToAsyncEnumerable(), cancellationToken))
        {
            outcomes.Add(outcome);
            acknowledged(outcomes.Count);
        }

        return outcomes;
    }

    /// <summary>B reads what A imported.</summary>
    public async Task VerifyImported(
        Platform b,
        List<Specimen> rest,
        List<SubmitOutcome> outcomes,
        CancellationToken cancellationToken
    )
    {
        var read = await b.Client.GetAsync(
            [.. rest.Select(specimen => specimen.Read(1))],
            CheckPurpose.Investigation,
            cancellationToken
        );
        var once = read.Index()
            .Count(entry =>
                entry.Item.Signals is [{ Revision: 1 } signal]
                && signal.SignalId.Equals(outcomes[entry.Index].Signal.ToByteString())
            );
        narrator.Line(
            once == rest.Count,
            $"Every acknowledged signal is there, none twice: {once} of {rest.Count} read back with the id that was acknowledged, revision 1."
        );
    }

    private static bool IsFlaggedBy(Platform a, Verdict? verdict) =>
        verdict is { Signals: [var signal], PermittedAction: PermittedAction.ReviewRequired }
        && signal.Owner == a.Id.Value
        && signal.Statement.Categories.Contains(ExploitationCategory.CseGrooming)
        && signal.Statement.ActionsTaken.Contains(AccountAction.AccountTerminated);

    private SignalStatement Statement()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            Status = SignalStatus.Confirmed,
            Severity = Severity.Severe,
            Confidence = 90,
            Precision = Precision.High,
            ReviewStatus = ReviewStatus.ReviewedManually,
            Categories = { ExploitationCategory.CseGrooming },
            SubjectRole = SubjectRole.Groomer,
            VictimAgeBand = VictimAgeBand.Under18,
            EvidenceBasis = { EvidenceBasis.Conversation },
            DetectionMethod = DetectionMethod.UserReport,
            ActionsTaken = { AccountAction.AccountTerminated, AccountAction.ReportedNcmec },
            ActionAutomation = ActionAutomation.NotAutomated,
            ActionTime = now.ToTimestamp(),
            ExpiresAt = now.AddDays(90).ToTimestamp(),
            Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { ring } },
            PermittedAction = PermittedAction.MayRestrict,
        };
    }
}
