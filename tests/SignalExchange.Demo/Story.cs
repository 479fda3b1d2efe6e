using SignalExchange.Demo.Corpus;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Demo;

/// <summary>
/// Three platforms. A bans and submits, B asks in other spellings and is told, C is outside the audience and is not; A withdraws; the
/// exchange is killed in the middle of an import; and nothing raw is anywhere.
/// </summary>
internal sealed class Story
{
    private const string Ring = "trust-ring";

    private readonly Narrator _narrator;
    private readonly Acts _acts;
    private readonly DemoOptions _options;

    /// <summary>Prepares the story.</summary>
    public Story(DemoOptions options)
    {
        (_options, _narrator) = (options, new());
        _acts = new(_narrator, Ring);
    }

    private string LogFile => Path.Combine(_options.Folder, "exchange.log");

    private string CaptureFile => Path.Combine(_options.Folder, "messages.bin");

    private string DataFolder => Path.Combine(_options.Folder, "exchange");

    /// <summary>Plays the story.</summary>
    /// <returns>Whether every line of it held.</returns>
    public async Task<bool> Play(CancellationToken cancellationToken)
    {
        _options.EmptyFolder();
        var corpus = Corpora.Make(_options);
        _narrator.Say(_options.Describe(corpus.Count));
        await using var exchange = new ExchangeProcess(DataFolder, LogFile);
        using (var capture = new Capture(CaptureFile))
        {
            await Tell(exchange, capture, corpus, cancellationToken);
        }

        await exchange.DisposeAsync();
        LeakLines.Tell(_narrator, corpus, _options.Folder, "the data folder, the log or the captured messages");
        await VerifyLog(cancellationToken);
        _narrator.Say($"The exchange's data, log and the captured messages are in {_options.Folder}.");
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
        var publicKeyFile = Path.Combine(_options.Folder, "operator.pub.pem");
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
        await _acts.Submit(a, half, cancellationToken);
        await _acts.Check(a, b, corpus, half, cancellationToken);
        await _acts.CheckOutside(c, corpus, cancellationToken);
        await _acts.Withdraw(a, b, half, cancellationToken);
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

    private async Task ImportThroughKill(
        ExchangeProcess exchange,
        Platform a,
        Platform b,
        List<Specimen> rest,
        CancellationToken cancellationToken
    )
    {
        Task? killed = null;
        var outcomes = await _acts.Import(
            a,
            rest,
            acknowledged =>
            {
                if (acknowledged >= rest.Count / 4)
                {
                    killed ??= KillAndStart(exchange, acknowledged, cancellationToken);
                }
            },
            cancellationToken
        );
        await killed!;
        _narrator.Line(
            outcomes.Count == rest.Count && outcomes.All(outcome => outcome.IsAccepted),
            $"The exchange is started again and the import finishes: {outcomes.Count(outcome => outcome.IsAccepted)} of {rest.Count} acknowledged."
        );
        await _acts.VerifyImported(b, rest, outcomes, cancellationToken);
    }

    private async Task KillAndStart(ExchangeProcess exchange, int acknowledged, CancellationToken cancellationToken)
    {
        await exchange.Kill();
        _narrator.Say($"The exchange is killed with SIGKILL after {acknowledged} acknowledgements of an import.");
        await exchange.Start(cancellationToken);
    }
}
