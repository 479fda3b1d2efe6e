using System.Security.Cryptography;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Silo.Tests.Audiences;

/// <summary>
/// Random members, groups, laws and signals on a running exchange: what each member is told by every way of asking, against a plain
/// model. The way to the grain, the counts, positions and error texts are part of it.
/// </summary>
public sealed partial class AudienceTests(ITestOutputHelper output) : IAsyncLifetime
{
    // 3 worlds of 240 indicators, each asked about in 3 ways, 24 also as ads in 3 ways, by those of 8 members that are still there.
    private const int Worlds = 3;
    private const int Indicators = 240;

    private readonly ExchangeFixture _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task By_no_way_of_asking_is_anything_leaked_or_hidden()
    {
        var (cases, seen, worlds) = (0, 0, 0);
        await World
            .Random(Indicators)
            .SampleAsync(
                async world =>
                {
                    using var live = new LiveWorld(_exchange, world, ++worlds);
                    await live.Begin();
                    foreach (var reader in world.Members.Where(member => !member.HasWithdrawn))
                    {
                        seen += await Compare(live, world, reader);
                        cases += (3 * world.Indicators.Count) + (3 * LiveAds.Count);
                    }
                },
                iter: Worlds,
                threads: 1
            );

        output.WriteLine($"{cases} cases, {seen} signals seen.");
        Assert.True(cases >= 10_000, $"{cases} cases only.");
        Assert.True(seen > cases / 12, "The worlds are too quiet to tell anything.");
    }

    private static async Task<int> Compare(LiveWorld live, World world, WorldMember reader)
    {
        var model = new PlainModel(world.Laws);
        var caller = live.As(reader);
        var told = world.Indicators.Select(all => all.Where(said => model.Sees(reader, said)).ToList()).ToList();

        var check = await caller.Check(live.Tokens);
        CompareVerdicts(live, model, reader, told, check);
        Assert.Equal(check, await StreamedCheck(caller, live.Tokens));
        await CompareRead(live, world, model, reader, told);
        await CompareSilence(live, caller, [.. told.Index().Where(it => it.Item.Count == 0).Select(it => it.Index)]);
        await CompareDisputes(live, reader);
        await CompareRefusedDisputes(live, world, model, reader);
        return told.Sum(it => it.Count) + await CompareAds(live, model, reader);
    }

    private static void CompareVerdicts(
        LiveWorld live,
        PlainModel model,
        WorldMember reader,
        List<List<Said>> told,
        CheckResponse answer
    )
    {
        var hits = answer.Hits.ToDictionary(hit => (int)hit.Index, hit => hit.Verdict);
        var positions = answer.AsOf.ToDictionary(position => position.Shard);
        Assert.Equal(told.Index().Where(it => it.Item.Count > 0).Select(it => it.Index), hits.Keys.Order());
        foreach (var (place, verdict) in hits)
        {
            Assert.Equal(Ordered(model, reader, told[place]), Ordered(live, verdict.Signals));
            Assert.Equal(PlainModel.AnswerTo(told[place]), PlainAnswer.Of(verdict));
            // The shard's place, which the answer states for every token in it, known or not.
            Assert.Equal(positions[verdict.Position.Shard], verdict.Position);
        }
    }

    private static async Task CompareRead(
        LiveWorld live,
        World world,
        PlainModel model,
        WorldMember reader,
        List<List<Said>> told
    )
    {
        var answer = await live.As(reader).Get(live.Tokens);
        var results = answer.Results.ToDictionary(result => (int)result.Index, result => result.Signals);
        foreach (var (place, statements) in world.Indicators.Index())
        {
            // A read also shows the reader's own withdrawn signal.
            var own = statements.Where(said => said.Owner.Name == reader.Name && said.IsWithdrawn);
            Assert.Equal(
                Ordered(model, reader, [.. told[place], .. own]),
                Ordered(live, results.GetValueOrDefault(place, []))
            );
        }
    }

    /// <summary>What is there and not for this reader reads, to the byte, as what nobody has ever reported in the same shard.</summary>
    private static async Task CompareSilence(LiveWorld live, Reporter caller, int[] hidden)
    {
        Token[] secrets = [.. hidden.Select(place => live.Tokens[place])];
        Token[] decoys = [.. secrets.Select(Beside)];

        Assert.Equal(await caller.Check(decoys), await caller.Check(secrets));
        var withdrawn = await caller.Withdraw(decoys);
        Assert.All(withdrawn, it => Assert.Equal(ErrorReason.SignalNotFound, it.Error.Reason));
        Assert.Equal(withdrawn.Select(it => it.Error), (await caller.Withdraw(secrets)).Select(Told));
    }

    // One's own withdrawn signal may be withdrawn again; everything else is not found.
    private static ItemError Told(WithdrawResult result) =>
        result.Error ?? new ItemError { Reason = ErrorReason.SignalNotFound };

    private static Token Beside(Token secret)
    {
        var bytes = secret.ToArray();
        RandomNumberGenerator.Fill(bytes.AsSpan(2));
        return new Token(bytes);
    }

    private static async Task<CheckResponse> StreamedCheck(Reporter caller, IReadOnlyList<Token> tokens)
    {
        using var stream = caller.Signals.CheckStream(cancellationToken: Ct);
        await stream.RequestStream.WriteAsync(new() { Batch = await caller.CheckRequestOf(tokens) }, Ct);
        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        return stream.ResponseStream.Current.Batch;
    }

    private static IEnumerable<Shown> Ordered(PlainModel model, WorldMember reader, IEnumerable<Said> told) =>
        Ordered(told.Select(said => model.ShownTo(reader, said)));

    private static IEnumerable<Shown> Ordered(LiveWorld live, IEnumerable<Signal> signals) =>
        Ordered(signals.Select(signal => Shown.Of(signal, live.PlainNameOf)));

    private static IEnumerable<Shown> Ordered(IEnumerable<Shown> shown) =>
        shown.OrderBy(it => it.ToString(), StringComparer.Ordinal);
}
