using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Client;
using SignalExchange.Client.Audit;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A rotation on a running exchange: what members said stays said, under names that are all new.</summary>
[Trait(Speed.Name, Speed.Slow)]
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
        await a.WithdrawBatchAsync(
            [.. emails.Skip(20).Take(5).Select(email => new SignalWithdrawal(email, RetractionReason.FalsePositive))],
            Ct
        );
        var old = (await a.MakeTokensAsync(emails, Ct)).ToList();
        var before = await Everything([a, b, outsider], emails);

        var to = await rotating.Order(IndicatorType.Email);
        var rotation = await rotating.Until(to, RotationPhase.Overlap);

        Assert.Equal((old[0].KeyId.ToString(), 40UL), (rotation.FromKeyId, rotation.Rows));
        Assert.Equal(
            [KeyState.Retiring, KeyState.Active],
            [await rotating.StateOf(rotation.FromKeyId), await rotating.StateOf(to)]
        );

        // Under the old names, which a does not know to be old.
        var checkedOld = await a.CheckTokensAsync(
            old[0].KeyId,
            [.. old.Select(it => it.Token)],
            CheckPurpose.Test,
            cancellationToken: Ct
        );
        Assert.Equal(
            before[0].Select(it => it.Verdict?.Signals.Count ?? 0),
            checkedOld.Select(it => it.Verdict?.Signals.Count ?? 0)
        );

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
        var seen = await b.CheckTokensAsync(
            old[0].KeyId,
            [.. lateOld, old[0].Token],
            CheckPurpose.Test,
            cancellationToken: Ct
        );
        Assert.Equal([1, 1, 1, 1], seen.Select(it => it.Verdict?.Signals.Count ?? 0)); // Of the last one b's own is left.
    }

    [Fact]
    public async Task Members_that_go_on_meanwhile_see_no_error_and_nothing_they_said_is_lost_or_doubled()
    {
        await using var rotating = await RotatingExchange.Start();
        var emails = Emails(0, 60);
        var members = new List<BusyMember>();
        for (var number = 0; number < 4; number++)
        {
            members.Add(new BusyMember(await rotating.Join($"is-busy-{number}"), emails, number));
        }

        foreach (var member in members)
        {
            await member.Work(() => member.Acts < 30);
        }

        var to = await rotating.Order(IndicatorType.Email);
        var isOver = false;
        var working = members.Select(member => Task.Run(() => member.Work(() => !isOver), Ct)).ToList();
        try
        {
            await rotating.Until(to, RotationPhase.Overlap);
            var acts = members.Sum(member => member.Acts);
            await ExchangeFixture.Until(() => members.Sum(member => member.Acts) > acts + 40, "members went on");
        }
        finally
        {
            isOver = true;
        }

        await Task.WhenAll(working);

        foreach (var member in members)
        {
            await member.CompareAll();
        }
    }

    [Fact]
    public async Task An_import_over_a_stream_that_meets_the_switch_goes_on_by_itself()
    {
        await using var rotating = await RotatingExchange.Start();
        var (importer, checker) = (await rotating.Join("imports-on"), await rotating.Join("checks-on"));
        var to = await rotating.Order(IndicatorType.Email);
        var isSwitched = new TaskCompletionSource();
        var sent = new List<Identifier>();

        // Until the switch, and four hundred more.
        async IAsyncEnumerable<SignalSubmission> Submissions()
        {
            for (var rest = 400; rest > 0; rest -= isSwitched.Task.IsCompleted ? 1 : 0)
            {
                sent.Add(Identifier.Email($"import-{sent.Count}@mail.example").GetOrThrow());
                yield return SubmissionOf(sent[^1]);
                if (sent.Count % 10 == 0)
                {
                    await Task.Delay(60, Ct); // An import at full speed leaves a small machine no time for the rotation.
                }
            }
        }

        var watching = Task.Run(
            async () =>
            {
                try
                {
                    await rotating.Until(to, RotationPhase.Overlap);
                }
                finally
                {
                    isSwitched.SetResult();
                }
            },
            Ct
        );
        var outcomes = await importer.SubmitManyAsync(Submissions(), Ct).ToListAsync(Ct);
        await watching;

        Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted, $"{outcome.Refusal}"));
        Assert.Equal(sent.Count, outcomes.Select(outcome => outcome.Signal).Distinct().Count());
        var found = await checker.CheckManyAsync(sent.ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct);
        Assert.All(found, it => Assert.Equal(1u, it.Verdict!.DistinctMembers));
    }

    [Fact]
    public async Task What_proves_it_is_verified_by_anybody_and_its_root_stands_in_the_log_and_with_the_key()
    {
        await using var rotating = await RotatingExchange.Start();
        var member = await rotating.Join("is-proven");
        // More than a batch in some shard is not to be had cheaply: so many shards, so many batches.
        await member.SubmitBatchAsync([.. Emails(0, 300).Select(email => SubmissionOf(email))], Ct);
        var before = rotating.Exchange.Log.Size;
        var to = await rotating.Order(IndicatorType.Email);
        var rotation = await rotating.Until(to, RotationPhase.Overlap);
        _ = KeyId.TryParse(to, out var keyId);

        var custodian = rotating.ClientOf(rotating.Custodian);
        using var file = new MemoryStream();
        await custodian.Keys.ExportRotationAsync(keyId, file, Ct);
        file.Position = 0;
        var entries = await rotating.Exchange.EntriesSince(before);
        var root = entries
            .SelectMany(entry => entry.Changes)
            .Single(change => change.Setting == "key.rotation_root")
            .NewValue;
        var check = await RotationCheck.VerifyAsync(file, Convert.FromHexString(root.Split('/')[^1]), Ct);

        Assert.Equal(RotationVerdict.Valid, check.Verdict);
        Assert.Equal((300L, (long)rotation.Batches), (check.Rows, check.Batches));
        Assert.StartsWith(to, root, StringComparison.Ordinal);
        var key = (await custodian.Keys.ListAsync(Ct)).Keys.Single(it => it.KeyId == to);
        Assert.Equal(check.Root.ToArray(), key.RotationRoot.ToByteArray());
        Assert.Equal(rotation.FromKeyId, key.PrevKeyId);

        await AssertTamperedFilesAreFound(file.ToArray(), check);
        Assert.Equal(
            ["Unspecified > Settling", "Settling > Copying", "Copying > Ready", "Ready > Overlap"],
            entries
                .Where(entry => entry.Method == "/keys/rotation")
                .Select(entry => entry.Changes[0])
                .Select(it => $"{it.OldValue.Split('/')[^1]} > {it.NewValue.Split('/')[^1]}")
                .Select(it => it.Replace("Ordered", "Unspecified", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task When_the_overlap_is_over_the_old_key_is_gone_and_nothing_leads_from_its_names_any_more()
    {
        await using var rotating = await RotatingExchange.Start("--Exchange:Keys:Rotation:CheckOverlap", "00:00:01");
        var member = await rotating.Join("is-cleared");
        var emails = Emails(0, 20);
        await member.SubmitBatchAsync([.. emails.Select(email => SubmissionOf(email))], Ct);
        var old = await member.MakeTokensAsync(emails, Ct);

        var to = await rotating.Order(IndicatorType.Email);
        var rotation = await rotating.Until(to, RotationPhase.Finished);

        Assert.Equal(KeyState.Destroyed, await rotating.StateOf(rotation.FromKeyId));
        var store = rotating.Exchange.Services.GetRequiredService<IShardStore>();
        foreach (var token in old.Select(it => it.Token))
        {
            var row = await store.ReadIndicatorAsync(token, Ct);
            var state = IndicatorState.Parser.ParseFrom(row!.State.Span);
            Assert.Equal(
                (null, 0, 0, ""),
                (state.MovedTo, state.Signals.Count, state.SealedElement.Length, state.KeyId)
            );
        }

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            member.CheckTokensAsync(old[0].KeyId, [old[0].Token], CheckPurpose.Test, cancellationToken: Ct)
        );
        Assert.Equal(ErrorReason.KeyRetired, refused.Reason);
        // A client that was silent all the while goes on by itself.
        Assert.All(await member.CheckBatchAsync(emails, CheckPurpose.Test, Ct), it => Assert.NotNull(it.Verdict));
    }

    [Fact]
    public async Task An_emergency_during_an_overlap_ends_it_and_leaves_the_old_key_no_overlap_of_its_own()
    {
        await using var rotating = await RotatingExchange.Start();
        var member = await rotating.Join("in-emergency");
        var emails = Emails(0, 20);
        await member.SubmitBatchAsync([.. emails.Select(email => SubmissionOf(email))], Ct);
        var second = await rotating.Order(IndicatorType.Email);
        var first = (await rotating.Until(second, RotationPhase.Overlap)).FromKeyId;
        await member.CheckBatchAsync(emails, CheckPurpose.Test, Ct);

        var third = await rotating.Order(IndicatorType.Email, isEmergency: true);
        await rotating.Until(third, RotationPhase.Finished);

        Assert.Equal(
            [KeyState.Destroyed, KeyState.Destroyed, KeyState.Active],
            [await rotating.StateOf(first), await rotating.StateOf(second), await rotating.StateOf(third)]
        );
        Assert.All(await member.CheckBatchAsync(emails, CheckPurpose.Test, Ct), it => Assert.NotNull(it.Verdict));
    }

    private static async Task AssertTamperedFilesAreFound(byte[] file, RotationCheck honest)
    {
        var parts = new List<ExportRotationResponse>();
        using (var stream = new MemoryStream(file))
        {
            while (stream.Position < stream.Length)
            {
                parts.Add(ExportRotationResponse.Parser.ParseDelimitedFrom(stream));
            }
        }

        async Task<RotationVerdict> Verdict(IEnumerable<ExportRotationResponse> some, byte[]? root = null)
        {
            using var stream = new MemoryStream();
            foreach (var part in some)
            {
                part.WriteDelimitedTo(stream);
            }

            stream.Position = 0;
            return (await RotationCheck.VerifyAsync(stream, root, Ct)).Verdict;
        }

        Assert.Equal(RotationVerdict.Valid, await Verdict(parts, honest.Root.ToArray()));
        Assert.Equal(RotationVerdict.RootDiffers, await Verdict(parts, new byte[32]));
        Assert.Equal(RotationVerdict.CountDiffers, await Verdict(parts.SkipLast(1)));
        Assert.Equal(RotationVerdict.CountDiffers, await Verdict([.. parts, parts[^1]]));
        Assert.Equal(RotationVerdict.RootDiffers, await Verdict([parts[0], parts[2], parts[1], .. parts.Skip(3)]));
        Assert.Equal(RotationVerdict.Malformed, await Verdict(parts.Skip(1)));
        Assert.Equal(RotationVerdict.Malformed, await Verdict([]));
        var bytes = parts[1].Batch.ToByteArray();
        bytes[^1] ^= 1;
        var forged = new ExportRotationResponse { Batch = Google.Protobuf.ByteString.CopyFrom(bytes) };
        Assert.Equal(RotationVerdict.ProofInvalid, await Verdict([parts[0], forged, .. parts.Skip(2)]));
        var swapped = parts[0].Clone();
        (swapped.Header.From, swapped.Header.To) = (parts[0].Header.To, parts[0].Header.From);
        Assert.Equal(RotationVerdict.KeysUnfit, await Verdict([swapped, .. parts.Skip(1)]));
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

    private static SignalSubmission SubmissionOf(Identifier identifier, string? group = null, uint confidence = 90) =>
        new(
            identifier,
            Statements.Valid(
                Now,
                statement =>
                {
                    statement.Confidence = confidence;
                    statement.Audience = group is null
                        ? new Audience { ShareLevel = ShareLevel.Green }
                        : new Audience { ShareLevel = ShareLevel.Amber, GroupIds = { group } };
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
