using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Members;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>One set of keys for all silos: whichever changes them, the others follow.</summary>
[Trait(Speed.Name, Speed.Slow)]
public sealed class SharedKeyTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rotation_asked_of_one_silo_is_followed_by_all_and_loses_nothing()
    {
        var custodian = await cluster.AddCustodian();
        var member = await cluster.AddMember("is-rotated");
        var emails = Emails(24);
        await SubmitAll(0, member, emails[..12]);

        var key = await Rotate(custodian);

        await SubmitAll(1, member, emails[12..]);
        for (var silo = 0; silo < 3; silo++)
        {
            Assert.Equal(key, await ActiveKeyOf(silo, member));
            var client = cluster.ClientOf(silo, member);
            await Eventually.ResultAsync(
                () => client.CheckBatchAsync(emails, CheckPurpose.Test, null, Ct),
                found => found.All(it => it.Verdict?.Signals.Count == 1),
                $"silo {silo} knows all of them"
            );
        }

        var evaluated = await Task.WhenAll(Enumerable.Range(0, 3).Select(silo => Evaluate(silo, member, key)));
        Assert.Single(evaluated.Distinct());
    }

    private async Task<string> Rotate(TestMember custodian)
    {
        var announced = await CustodyAt(0, custodian)
            .AnnounceKeyAsync(new() { Type = IndicatorType.Email }, cancellationToken: Ct);
        var asked = await CustodyAt(1, custodian)
            .RotateKeyAsync(new() { ToKeyId = announced.Key.KeyId }, cancellationToken: Ct);
        await new ApprovalService.ApprovalServiceClient(cluster.InvokerFor(2, cluster.Operator)).ApproveActAsync(
            Consents.To(asked.Pending),
            cancellationToken: Ct
        );
        await Eventually.ResultAsync(
            async () => await CustodyAt(2, custodian).ListKeyEpochsAsync(new(), cancellationToken: Ct),
            listed => listed.Rotations.Any(it => it is { Phase: RotationPhase.Overlap }),
            "the new key is in force"
        );
        return announced.Key.KeyId;
    }

    private async Task SubmitAll(int silo, TestMember member, List<Identifier> emails)
    {
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var outcomes = await cluster
            .ClientOf(silo, member)
            .SubmitBatchAsync([.. emails.Select(email => new SignalSubmission(email, statement))], Ct);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted, $"{outcome.Refusal}"));
    }

    private async Task<string> ActiveKeyOf(int silo, TestMember member)
    {
        var shown = await KeysAt(silo, member).GetKeyManifestsAsync(new(), cancellationToken: Ct);
        return shown.Manifests.Single(it => it is { Type: IndicatorType.Email, State: KeyState.Active }).KeyId;
    }

    private async Task<Google.Protobuf.ByteString> Evaluate(int silo, TestMember member, string keyId)
    {
        var shown = await KeysAt(0, member).GetKeyManifestsAsync(new(), cancellationToken: Ct);
        var element = shown.Manifests.Single(it => it.Type == IndicatorType.PhoneE164).PublicKey;
        var request = new EvaluateRequest { KeyId = keyId, BlindedElements = element };
        return (await KeysAt(silo, member).EvaluateAsync(request, cancellationToken: Ct)).EvaluatedElements;
    }

    private KeyCustodyService.KeyCustodyServiceClient CustodyAt(int silo, TestMember custodian) =>
        new(cluster.InvokerFor(silo, custodian));

    private Contracts.V1.KeyService.KeyServiceClient KeysAt(int silo, TestMember member) =>
        new(cluster.InvokerFor(silo, member));

    private static List<Identifier> Emails(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => Identifier.Email($"rotated-{number}@mail.example").GetOrThrow()),
        ];
}
