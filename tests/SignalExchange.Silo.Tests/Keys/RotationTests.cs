using SignalExchange.Client;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A rotation on a running exchange: what members said stays said, under names that are all new.</summary>
public sealed class RotationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Ids_revisions_audiences_withdrawals_and_retries_survive_and_checks_under_the_old_key_are_answered()
    {
        await using var rotating = await RotatingExchange.Start();
        var (a, b) = (await rotating.Join("rotates-a", "ring"), await rotating.Join("rotates-b", "ring"));
        var outsider = await rotating.Join("rotates-c");
        var emails = Emails(0, 40);
        var submissions = emails.Select(email => SubmissionOf(email, "ring")).ToList();
        var first = await a.SubmitBatchAsync(submissions, Ct);
        await b.SubmitBatchAsync([.. emails.Take(10).Select(email => SubmissionOf(email, "ring"))], Ct);
        await a.SubmitBatchAsync([.. emails.Skip(10).Take(5).Select(email => SubmissionOf(email, "ring", 55))], Ct);
        await a.WithdrawBatchAsync([.. emails.Skip(20).Take(5).Select(email => new SignalWithdrawal(email, RetractionReason.FalsePositive))], Ct);
        var old = (await a.MakeTokensAsync(emails, Ct)).ToList();
        var before = await Everything([a, b, outsider], emails);

        var to = await rotating.Order(IndicatorType.Email);
        var rotation = await rotating.Until(to, RotationPhase.Overlap);

        Assert.Equal((old[0].KeyId.ToString(), 40UL), (rotation.FromKeyId, rotation.Rows));
        Assert.Equal([KeyState.Retiring, KeyState.Active], [await rotating.StateOf(rotation.FromKeyId), await rotating.StateOf(to)]);

        // Under the old names, which a does not know to be old.
        var checkedOld = await a.CheckTokensAsync(old[0].KeyId, [.. old.Select(it => it.Token)], CheckPurpose.Test, cancellationToken: Ct);
        Assert.Equal(before[0].Select(it => it.Verdict?.Signals.Count ?? 0), checkedOld.Select(it => it.Verdict?.Signals.Count ?? 0));

        // A retry of the first submissions, whose client finds out about the new key by itself, is answered as the first time.
        var again = await a.SubmitBatchAsync(submissions, Ct);
        Assert.All(again, it => Assert.True(it.IsAccepted && it.IsAlreadyKnown));
        Assert.Equal(first.Select(it => (it.Signal, it.Revision)), again.Select(it => (it.Signal, it.Revision)));
        var now = await a.MakeTokensAsync(emails, Ct);
        Assert.All(now, it => Assert.Equal(to, it.KeyId.ToString()));
        Assert.Empty(now.Select(it => it.Token).Intersect(old.Select(it => it.Token)));
        Assert.Equal(Told(before), Told(await Everything([a, b, outsider], emails)));

        // What is said now is found under the old names, too.
        var late = Emails(100, 3);
        var lateOld = await TokensUnder(rotation.FromKeyId, rotating, late);
        await a.SubmitBatchAsync([.. late.Select(email => SubmissionOf(email, "ring"))], Ct);
        await a.WithdrawAsync(new(emails[0], RetractionReason.AppealUpheld), Ct);
        var seen = await b.CheckTokensAsync(old[0].KeyId, [.. lateOld, old[0].Token], CheckPurpose.Test, cancellationToken: Ct);
        Assert.Equal([1, 1, 1, 1], seen.Select(it => it.Verdict?.Signals.Count ?? 0)); // Of the last one b's own is left.
    }

    private static async Task<IReadOnlyList<Token>> TokensUnder(
        string keyId,
        RotatingExchange rotating,
        IReadOnlyList<Identifier> identifiers
    )
    {
        _ = KeyId.TryParse(keyId, out var wanted);
        var manifests = await new Contracts.V1.KeyService.KeyServiceClient(
            rotating.Exchange.InvokerFor(rotating.Exchange.Operator)
        ).GetKeyManifestsAsync(new(), cancellationToken: Ct);
        var manifest = manifests.Manifests.Single(key => key.KeyId == keyId);
        var evaluator = new RpcEvaluator(rotating, "evaluates-old");
        await evaluator.Join();
        var tokens = await new TokenMaker(evaluator).MakeAsync(
            new KeyCommitment(wanted, manifest.PublicKey.Memory),
            identifiers,
            Ct
        );
        return [.. tokens.Select(it => it.Token)];
    }

    private static List<Identifier> Emails(int from, int count) =>
        [
            .. Enumerable
                .Range(from, count)
                .Select(number => Identifier.Email($"person-{number}@mail.example").GetOrThrow()),
        ];

    private static SignalSubmission SubmissionOf(Identifier identifier, string group, uint confidence = 90) =>
        new(
            identifier,
            Statements.Valid(
                Now,
                statement =>
                {
                    statement.Confidence = confidence;
                    statement.Audience = new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { group } };
                }
            )
        );

    private static async Task<IReadOnlyList<(IReadOnlyList<Signal> Signals, Verdict? Verdict)>[]> Everything(
        IReadOnlyList<SignalExchangeClient> readers,
        IReadOnlyList<Identifier> identifiers
    )
    {
        var all = new List<IReadOnlyList<(IReadOnlyList<Signal>, Verdict?)>>();
        foreach (var reader in readers)
        {
            var read = await reader.GetAsync(identifiers, CheckPurpose.Test, Ct);
            var verdicts = await reader.CheckBatchAsync(identifiers, CheckPurpose.Test, Ct);
            all.Add([.. read.Zip(verdicts, (own, verdict) => (own.Signals, verdict.Verdict))]);
        }

        return [.. all];
    }

    // Everything but positions, which are of shards, and every name is in another one now.
    private static List<string> Told(IReadOnlyList<(IReadOnlyList<Signal> Signals, Verdict? Verdict)>[] all) =>
        [
            .. all.SelectMany(reader => reader)
                .Select(it =>
                {
                    var verdict = it.Verdict?.Clone();
                    verdict?.Position = null;
                    return $"{string.Join('\n', it.Signals)} {verdict}";
                }),
        ];
}
