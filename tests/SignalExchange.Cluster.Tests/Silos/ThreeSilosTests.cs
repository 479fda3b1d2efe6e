using SignalExchange.Client;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Clusters;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Cluster.Tests.Silos;

/// <summary>An exchange of three processes: what one acknowledged, all know; one that dies or stops is done without, and comes back.</summary>
[Collection(ThreeSilosCollection.Name)]
public sealed class ThreeSilosTests(ThreeSilos silos)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SiloCluster Cluster => silos.Cluster;

    [Fact]
    public async Task What_one_silo_acknowledged_every_other_finds_at_its_position_and_its_withdrawal()
    {
        using var member = await Cluster.AddMemberAsync("reads-anywhere", Ct);
        foreach (var (place, email) in Emails("anywhere", 30).Index())
        {
            var (writer, reader) = (member.At(place % 3), member.At((place + 1 + (place / 3 % 2)) % 3));
            var submitted = await writer.SubmitAsync(NewSubmission(email), Ct);

            var found = await reader.CheckBatchAsync([email], CheckPurpose.Test, [submitted.Position!], Ct);
            Assert.Equal(submitted.Signal.ToByteString(), Assert.Single(found[0].Verdict!.Signals).SignalId);

            var withdrawn = await reader.WithdrawAsync(new(email, RetractionReason.FalsePositive), Ct);
            var after = await writer.CheckBatchAsync([email], CheckPurpose.Test, [withdrawn.Position!], Ct);
            Assert.Null(after[0].Verdict);
        }
    }

    [Fact]
    public async Task A_silo_that_is_killed_is_done_without_and_lacks_nothing_when_it_is_back()
    {
        using var member = await Cluster.AddMemberAsync("goes-on", Ct);
        var before = await SubmitAll(member.At(2), Emails("before-the-kill", 40));

        await Cluster.Silos[2].KillAsync();
        // Enough to be in shards of the lost silo with certainty; the clients' retries bridge its failover, or one is refused.
        var during = await SubmitAll(member.At(0), Emails("after-the-kill", 40)).WaitAsync(TimeSpan.FromMinutes(5), Ct);
        await AssertKnown(member.At(1), [.. before, .. during]);

        await Cluster.Silos[2].StartAsync(Ct);
        await AssertKnown(member.At(2), [.. before, .. during]);
    }

    [Fact]
    public async Task An_import_over_a_silo_that_is_restarted_in_order_is_acknowledged_to_its_end()
    {
        using var member = await Cluster.AddMemberAsync("imports-on", Ct);
        var emails = Emails("through-a-restart", 400);
        var (accepted, restart) = (0, Task.CompletedTask);
        var submissions = emails.Select(NewSubmission).ToAsyncEnumerable();
        await foreach (var outcome in member.At(1).SubmitManyAsync(submissions, Ct))
        {
            Assert.True(outcome.IsAccepted, $"{outcome.Refusal}");
            if (++accepted == 100)
            {
                restart = Restart(1);
            }
        }

        await restart;
        Assert.Equal(emails.Count, accepted);
        await AssertKnown(member.At(1), emails);
        await AssertKnown(member.At(2), emails);
    }

    private async Task Restart(int silo)
    {
        Assert.Equal(0, await Cluster.Silos[silo].StopAsync(Ct));
        await Cluster.Silos[silo].StartAsync(Ct);
    }

    private static async Task<IReadOnlyList<Identifier>> SubmitAll(
        SignalExchangeClient client,
        IReadOnlyList<Identifier> emails
    )
    {
        foreach (var email in emails)
        {
            var outcome = await client.SubmitAsync(NewSubmission(email), Ct);
            Assert.True(outcome.IsAccepted, $"{outcome.Refusal}");
        }

        return emails;
    }

    // Without positions: each silo says by itself that it lacks nothing, or that it is not ready, which is retried.
    private static async Task AssertKnown(SignalExchangeClient client, List<Identifier> emails) =>
        await Eventually.ResultAsync(
            () => client.CheckBatchAsync(emails, CheckPurpose.Test, cancellationToken: Ct),
            found => found.All(it => it.Verdict?.Signals.Count == 1),
            "the silo knows all of them"
        );

    private static List<Identifier> Emails(string name, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(number => Identifier.Email($"{name}-{number}@mail.example").GetOrThrow()),
        ];

    private static SignalSubmission NewSubmission(Identifier email) =>
        new(email, Statements.Valid(TimeProvider.System.GetUtcNow()));
}
