using System.Security.Cryptography;
using SignalExchange.Client.Administration;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Demo.Corpus;

namespace SignalExchange.Demo;

/// <summary>
/// The story on an exchange that runs already, one silo or many: three members of this visit's own, in a ring of its own, so that nobody else is told anything;
/// at the end they leave and take their signals with them. It kills nothing: whoever wants a silo to die meanwhile kills it.
/// </summary>
internal sealed class Visit(DemoOptions options, RunningExchange running)
{
    private readonly Narrator _narrator = new();

    // Two visits never meet.
    private readonly string _name = $"demo-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Plays it.</summary>
    /// <returns>Whether every line of it held.</returns>
    public async Task<bool> Play(CancellationToken cancellationToken)
    {
        options.EmptyFolder();
        var corpus = Corpora.Make(options);
        _narrator.Say($"{options.Describe(corpus.Count)} On {running.Endpoint}.");
        using (var capture = new Capture(Path.Combine(options.Folder, "messages.bin")))
        {
            using var consortium = Platform.Of(running.Operator, running.OperatorKeyFile, running.Endpoint, capture);
            try
            {
                await Tell(consortium, capture, corpus, cancellationToken);
            }
            catch (SignalExchangeException exception)
            {
                _narrator.Line(false, $"The exchange refused: {exception.Message}");
            }
        }

        LeakLines.Tell(_narrator, corpus, options.Folder, "the captured messages");
        return _narrator.HasEverythingHeld;
    }

    private async Task Tell(
        Platform consortium,
        Capture capture,
        List<Specimen> corpus,
        CancellationToken cancellationToken
    )
    {
        using var a = new Platform($"{_name}-a", running.Endpoint, capture);
        using var b = new Platform($"{_name}-b", running.Endpoint, capture);
        using var c = new Platform($"{_name}-c", running.Endpoint, capture);
        if (!await Join(consortium, [(a, [_name]), (b, [_name]), (c, [])], cancellationToken))
        {
            return;
        }

        try
        {
            await new Acts(_narrator, _name).Play(a, b, c, corpus, cancellationToken);
        }
        finally
        {
            await Leave(consortium, [a, b, c], cancellationToken);
        }
    }

    // With a second operator each act would wait for approval; a demo has nobody to ask.
    private async Task<bool> Join(
        Platform consortium,
        (Platform Platform, string[] Groups)[] members,
        CancellationToken cancellationToken
    )
    {
        var changes = new List<MemberChange>();
        foreach (var (platform, groups) in members)
        {
            changes.Add(
                await consortium.Client.Members.AddAsync(
                    platform.Id,
                    groups,
                    platform.PublicKey,
                    cancellationToken: cancellationToken
                )
            );
        }

        var waiting = changes
            .Where(change => !change.IsDone)
            .Select(change => Convert.ToHexStringLower(change.Pending!.ApprovalId.Span))
            .ToList();
        _narrator.Line(
            waiting.Count == 0,
            waiting.Count == 0
                ? $"Three members join: {_name}-a and -b in a ring of their own, {_name}-c outside."
                : "Members wait for a second operator, so there is no demo here; have them refused: "
                    + string.Join(", ", waiting.Select(id => $"sigx approval refuse {id}"))
        );
        return waiting.Count == 0;
    }

    private async Task Leave(Platform consortium, Platform[] members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            await consortium.Client.Members.OffboardAsync(member.Id, OffboardedSignals.Withdraw, cancellationToken);
        }

        _narrator.Say("The members leave and take their signals with them.");
    }
}
