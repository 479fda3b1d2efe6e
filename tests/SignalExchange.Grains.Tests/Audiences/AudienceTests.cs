using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Tests.Shards;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Grains.Tests.Audiences;

/// <summary>Random members, groups and signals, through the grains: every read path against a plain model.</summary>
public sealed class AudienceTests(ITestOutputHelper output)
{
    // 17 worlds of 40 indicators and 8 readers, each asked in two ways: 10,880 cases.
    private const int Worlds = 17;
    private const int Indicators = 40;

    [Fact]
    public async Task Nothing_is_leaked_and_nothing_is_hidden()
    {
        await using var shards = await ShardFixture.Start();
        var (cases, seen) = (0, 0);
        await World
            .Random(Indicators)
            .SampleAsync(
                async world =>
                {
                    shards.Withdrawn = world.Members.Where(it => it.HasWithdrawn).Select(it => it.Name).ToHashSet();
                    foreach (var said in world.Indicators)
                    {
                        var indicator = await Say(shards.Grains, world, said);
                        foreach (var reader in world.Members)
                        {
                            seen += await Compare(indicator, world, said, reader);
                            cases += 2;
                        }
                    }
                },
                iter: Worlds,
                threads: 1
            );

        output.WriteLine($"{cases} cases, {seen} signals seen.");
        Assert.True(cases >= 10_000, $"{cases} cases only.");
        Assert.True(seen > cases / 4, "The worlds are too quiet to tell anything.");
    }

    private static async Task<IIndicatorGrain> Say(IGrainFactory grains, World world, IReadOnlyList<Said> statements)
    {
        var token = new Token(System.Security.Cryptography.RandomNumberGenerator.GetBytes(Token.Size));
        var indicator = grains.GetGrain<IIndicatorGrain>(token.ToKeyString());
        foreach (var said in statements)
        {
            var caller = world.CallerOf(said.Owner);
            var command = new SubmitCommand(
                caller,
                NewId(),
                IndicatorType.Email,
                "email/1/0",
                [1],
                said.ToStatement(TimeProvider.System.GetUtcNow())
            );
            var accepted = (await indicator.Submit(command, CancellationToken.None)).Accepted;
            Assert.NotNull(accepted);
            if (said.IsDisputed)
            {
                var mark = new DisputeMark(true, TimeProvider.System.GetUtcNow().AddDays(7));
                Assert.Null(
                    await indicator.MarkDisputed(accepted.SignalId.ToByteArray(), mark, 0, CancellationToken.None)
                );
            }

            if (said.IsWithdrawn)
            {
                var withdrawal = new WithdrawCommand(caller, NewId(), RetractionReason.FalsePositive);
                Assert.NotNull((await indicator.Withdraw(withdrawal, CancellationToken.None)).Accepted);
            }
        }

        return indicator;
    }

    private static async Task<int> Compare(
        IIndicatorGrain indicator,
        World world,
        IReadOnlyList<Said> statements,
        WorldMember reader
    )
    {
        var caller = world.CallerOf(reader);
        var model = new PlainModel(world.Laws);
        var expected = statements.Where(said => model.Sees(reader, said)).ToList();
        var shown = expected.Select(said => model.ShownTo(reader, said)).ToList();

        var verdict = await indicator.Check(caller, 0, CancellationToken.None);
        Assert.Equal(expected.Count == 0, verdict is null);
        Assert.Equal(
            expected.Count == 0 ? null : PlainModel.AnswerTo(expected),
            verdict is null ? null : PlainAnswer.Of(verdict)
        );
        Assert.Equal(Ordered(shown), Ordered(verdict?.Signals ?? []));
        Assert.Null(verdict?.Position);

        // A read also shows the reader's own withdrawn signal.
        var own = statements.Where(said => said.Owner.Name == reader.Name && !reader.HasWithdrawn && said.IsWithdrawn);
        shown.AddRange(own.Select(said => model.ShownTo(reader, said)));
        var read = await indicator.Read(caller, 0, CancellationToken.None);
        Assert.Equal(Ordered(shown), Ordered(read?.Signals ?? []));
        Assert.Null(read?.Position);
        return expected.Count;
    }

    private static IEnumerable<Shown> Ordered(IEnumerable<Signal> signals) =>
        Ordered(signals.Select(signal => Shown.Of(signal, static name => name)));

    private static IEnumerable<Shown> Ordered(IEnumerable<Shown> shown) =>
        shown.OrderBy(it => it.ToString(), StringComparer.Ordinal);

    private static byte[] NewId() => SubmissionId.NewId().ToByteString().ToByteArray();
}
