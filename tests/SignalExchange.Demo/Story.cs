using Google.Protobuf.WellKnownTypes;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.Demo.Corpus;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Demo;

/// <summary>
/// Three platforms. A bans and submits, B asks in other spellings and is told, C is outside the audience and is not; A withdraws; the
/// exchange is killed in the middle of an import; and nothing raw is anywhere.
/// </summary>
internal sealed class Story(DemoOptions options)
{
    private const string Ring = "trust-ring";
    private const int Withdrawn = 100;

    private readonly Narrator _narrator = new();

    private string LogFile => Path.Combine(options.Folder, "exchange.log");

    private string CaptureFile => Path.Combine(options.Folder, "messages.bin");

    private string DataFolder => Path.Combine(options.Folder, "exchange");

    /// <summary>Plays the story.</summary>
    /// <returns>Whether every line of it held.</returns>
    public async Task<bool> Play(CancellationToken cancellationToken)
    {
        PrepareFolder();
        var corpus = Corpora.Make(options);
        _narrator.Say(
            $"{corpus.Count} made-up identifiers (seed \"{options.Seed}\"): {options.Phones} phones of {PhoneCorpus.Regions} regions, "
                + $"{options.Accounts} handles and e-mail addresses, {options.Wallets} wallets."
        );
        await using var exchange = new ExchangeProcess(DataFolder, LogFile);
        using (var capture = new Capture(CaptureFile))
        {
            await Tell(exchange, capture, corpus, cancellationToken);
        }

        await exchange.DisposeAsync();
        SearchForLeaks(corpus);
        await VerifyLog(cancellationToken);
        _narrator.Say($"The exchange's data, log and the captured messages are in {options.Folder}.");
        return _narrator.HasEverythingHeld;
    }

    private async Task Tell(
        ExchangeProcess exchange,
        Capture capture,
        List<Specimen> corpus,
        CancellationToken cancellationToken
    )
    {
        using var consortium = new Platform("consortium", exchange.Address, capture);
        using var a = new Platform("platform-a", exchange.Address, capture);
        using var b = new Platform("platform-b", exchange.Address, capture);
        using var c = new Platform("platform-c", exchange.Address, capture);
        var publicKeyFile = Path.Combine(options.Folder, "operator.pub.pem");
        await File.WriteAllTextAsync(publicKeyFile, consortium.PublicKeyPem, cancellationToken);
        await exchange.Bootstrap(publicKeyFile, cancellationToken);
        await exchange.Start(cancellationToken);
        await consortium.Client.Members.AddAsync(a.Id, [Ring], a.PublicKey, cancellationToken: cancellationToken);
        await consortium.Client.Members.AddAsync(b.Id, [Ring], b.PublicKey, cancellationToken: cancellationToken);
        await consortium.Client.Members.AddAsync(c.Id, [], c.PublicKey, cancellationToken: cancellationToken);
        _narrator.Line(
            true,
            "An operator is enrolled by the server's command; A, B (in the ring) and C (outside) are members."
        );

        var half = corpus.Where((_, place) => place % 2 == 0).ToList();
        await Submit(a, half, cancellationToken);
        await Check(b, corpus, half, cancellationToken);
        await CheckOutside(c, corpus, cancellationToken);
        await Withdraw(a, b, half, cancellationToken);
        await ImportThroughKill(exchange, a, b, corpus.Except(half).ToList(), cancellationToken);
    }

    // As sigx log verify does, with the key that the log names: it has only just been made, so nobody was given another one.
    private async Task VerifyLog(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(DataFolder, "log", "silo-1");
        var source = new FolderTileSource(folder);
        var key = await File.ReadAllTextAsync(Path.Combine(folder, VerifierKeyFile.Name), cancellationToken);
        var policy = new CheckpointPolicy([VerifierKey.Parse(key.TrimEnd())], [], 0);
        var result = await new LogVerifier(source, new() { Policy = policy }).VerifyAsync(null, cancellationToken);
        _narrator.Line(
            result.IsIntact,
            $"The access log of {result.Checkpoint?.Checkpoint.Size} calls verifies: sigx log verify --from {Path.GetRelativePath(Environment.CurrentDirectory, folder)}"
        );
    }

    private async Task Submit(Platform a, List<Specimen> half, CancellationToken cancellationToken)
    {
        var submissions = half.Select(specimen => new SignalSubmission(specimen.Read(0), Statement()));
        var accepted = 0;
        await foreach (var outcome in a.Client.SubmitManyAsync(submissions.ToAsyncEnumerable(), cancellationToken))
        {
            accepted += outcome is { IsAccepted: true, IsAlreadyKnown: false, Revision: 1 } ? 1 : 0;
        }

        _narrator.Line(
            accepted == half.Count,
            $"A submits half of them after bans: {accepted} of {half.Count} accepted."
        );
    }

    private async Task Check(
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
            flagged += isExpected && IsFlaggedByA(result.Verdict) ? 1 : 0;
            wrong += !isExpected && result.IsKnown ? 1 : 0;
        }

        _narrator.Line(
            flagged == half.Count && wrong == 0,
            $"B checks all {corpus.Count} in other spellings: {flagged} of {half.Count} flagged with A's category and action, {wrong} of the others."
        );
    }

    private async Task CheckOutside(Platform c, List<Specimen> corpus, CancellationToken cancellationToken)
    {
        var seen = 0;
        var identifiers = corpus.Select(specimen => specimen.Read(0)).ToAsyncEnumerable();
        await foreach (var result in c.Client.CheckManyAsync(identifiers, CheckPurpose.Registration, cancellationToken))
        {
            seen += result.IsKnown ? 1 : 0;
        }

        _narrator.Line(seen == 0, $"C, outside the audience, checks all of them too and sees {seen}.");
    }

    private async Task Withdraw(Platform a, Platform b, List<Specimen> half, CancellationToken cancellationToken)
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
        _narrator.Line(
            outcomes.All(outcome => outcome.IsAccepted) && !results.Any(result => result.IsKnown),
            $"A withdraws {some.Count}: {outcomes.Count(outcome => outcome.IsAccepted)} accepted; B's next check flags {results.Count(result => result.IsKnown)} of them."
        );
    }

    private async Task ImportThroughKill(
        ExchangeProcess exchange,
        Platform a,
        Platform b,
        List<Specimen> rest,
        CancellationToken cancellationToken
    )
    {
        var submissions = rest.Select(specimen => new SignalSubmission(specimen.Read(0), Statement())).ToList();
        var outcomes = new List<SubmitOutcome>();
        Task? killed = null;
        await foreach (var outcome in a.Client.SubmitManyAsync(submissions.ToAsyncEnumerable(), cancellationToken))
        {
            outcomes.Add(outcome);
            if (outcomes.Count >= rest.Count / 4 && killed is null)
            {
                killed = KillAndStart(exchange, outcomes.Count, cancellationToken);
            }
        }

        await killed!;
        _narrator.Line(
            outcomes.Count == rest.Count && outcomes.All(outcome => outcome.IsAccepted),
            $"The exchange is started again and the import finishes: {outcomes.Count(outcome => outcome.IsAccepted)} of {rest.Count} acknowledged."
        );
        await VerifyImported(b, rest, outcomes, cancellationToken);
    }

    private async Task KillAndStart(ExchangeProcess exchange, int acknowledged, CancellationToken cancellationToken)
    {
        await exchange.Kill();
        _narrator.Say($"The exchange is killed with SIGKILL after {acknowledged} acknowledgements of an import.");
        await exchange.Start(cancellationToken);
    }

    private async Task VerifyImported(
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
        _narrator.Line(
            once == rest.Count,
            $"Every acknowledged signal is there, none twice: {once} of {rest.Count} read back with the id that was acknowledged, revision 1."
        );
    }

    private void SearchForLeaks(List<Specimen> corpus)
    {
        var search = new LeakSearch(corpus);
        var planted = Path.Combine(options.Folder, "planted.tmp");
        File.WriteAllText(planted, $"a line with {corpus[^1].Spellings[0]} in it");
        var isPlantedFound = search.Search(planted).IsFound;
        File.Delete(planted);
        _narrator.Line(
            isPlantedFound,
            $"The search for {search.Count} raw, canonical and hashed forms finds a planted one."
        );

        var bytes = 0L;
        var leaks = new List<string>();
        foreach (var file in Directory.EnumerateFiles(options.Folder, "*", SearchOption.AllDirectories))
        {
            var (isFound, read) = search.Search(file);
            bytes += read;
            if (isFound)
            {
                leaks.Add(Path.GetRelativePath(options.Folder, file));
            }
        }

        _narrator.Line(
            leaks.Count == 0,
            leaks.Count == 0
                ? $"None of them is in the data folder, the log or the captured messages ({bytes / 1_048_576.0:0.0} MiB)."
                : $"Found in: {string.Join(", ", leaks)}."
        );
    }

    private static bool IsFlaggedByA(Verdict? verdict) =>
        verdict is { Signals: [{ Owner: "platform-a" } signal], PermittedAction: PermittedAction.ReviewRequired }
        && signal.Statement.Categories.Contains(ExploitationCategory.CseGrooming)
        && signal.Statement.ActionsTaken.Contains(AccountAction.AccountTerminated);

    private static SignalStatement Statement()
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
            Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { Ring } },
            PermittedAction = PermittedAction.MayRestrict,
        };
    }

    private void PrepareFolder()
    {
        if (Directory.Exists(options.Folder))
        {
            Directory.Delete(options.Folder, recursive: true);
        }

        Directory.CreateDirectory(options.Folder);
    }
}
