using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>What one silo knows of a credential, all know.</summary>
[Collection(SharedCluster.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class SharedCredentialTests(ClusterFixture cluster)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_that_was_used_on_one_silo_is_refused_on_every_other()
    {
        var member = await cluster.AddMember("replayed");
        var used = new HashSet<int>();
        for (var round = 0; round < 24; round++)
        {
            var token = member.Sign(Now);
            var first = round % 3;
            await Call(first, member, token);

            for (var silo = 0; silo < 3; silo++)
            {
                Assert.Equal(ErrorReason.CredentialsReplayed, await Refusal(silo, member, token));
            }

            used.Add(first);
        }

        Assert.Equal(3, used.Count);
    }

    [Fact]
    public async Task Of_many_silos_that_are_shown_one_token_at_once_one_accepts_it()
    {
        var member = await cluster.AddMember("raced");
        for (var round = 0; round < 20; round++)
        {
            var token = member.Sign(Now);

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 9).Select(call => Outcome(call % 3, member, token)));

            Assert.Equal(1, outcomes.Count(reason => reason == ErrorReason.Unspecified));
            Assert.Equal(8, outcomes.Count(reason => reason == ErrorReason.CredentialsReplayed));
        }
    }

    // Each round has its second; a machine with much else to do may miss it once, not always.
    [Fact]
    public async Task Revoked_key_opens_no_silo_a_second_later()
    {
        const int Rounds = 5;
        var took = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            var member = await cluster.AddMember($"revoked-{round}");
            await Task.WhenAll(Enumerable.Range(0, 3).Select(silo => Call(silo, member, member.Sign(Now))));
            took.Add(await TimeToRevoke(member));
            for (var silo = 0; silo < 3; silo++)
            {
                Assert.Equal(ErrorReason.CredentialsInvalid, await Refusal(silo, member, member.Sign(Now)));
            }
        }

        Assert.True(took.Min() < TimeSpan.FromSeconds(1), $"Until every silo refused it: {string.Join(", ", took)}.");
    }

    // From the answer to whoever revoked it: until then, nobody was told that it is done.
    private async Task<TimeSpan> TimeToRevoke(TestMember member)
    {
        await new MemberService.MemberServiceClient(cluster.InvokerFor(0, cluster.Operator)).RevokeMemberKeyAsync(
            new() { MemberId = member.MemberId, Thumbprint = member.Thumbprint },
            cancellationToken: Ct
        );
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(ErrorReason.CredentialsInvalid, await Refusal(0, member, member.Sign(Now)));
        await Eventually.TrueAsync(
            () => cluster.Silos.All(silo => DirectoryOf(silo).Find(member.Thumbprint) is null),
            "every silo has heard of the revocation"
        );
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static MemberDirectory DirectoryOf(WebApplication silo) =>
        silo.Services.GetRequiredService<MemberDirectory>();

    private async Task<ErrorReason> Outcome(int silo, TestMember member, string token)
    {
        var call = Call(silo, member, token);
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.IsCompletedSuccessfully ? ErrorReason.Unspecified : await RpcErrors.ReasonOf(() => call);
    }

    private Task<ErrorReason> Refusal(int silo, TestMember member, string token) =>
        RpcErrors.ReasonOf(() => Call(silo, member, token));

    private async Task Call(int silo, TestMember member, string token) =>
        await new ContractKeyService.KeyServiceClient(
            cluster.InvokerFor(silo, member, () => token)
        ).GetKeyManifestsAsync(new(), cancellationToken: Ct);
}
