using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.Storage;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>A shard that cannot be reached fails its own items and no others, and the access log counts them so.</summary>
public sealed class UnreachableShardTests : IAsyncLifetime
{
    private readonly ExchangeFixture _exchange;
    private UnreachableGrains? _unreachable;

    public UnreachableShardTests() =>
        _exchange = new()
        {
            Replace = services =>
            {
                services.AddSingleton(it => _unreachable = new(it.GetRequiredService<ShardMap>()));
                services.AddSingleton<IOutgoingGrainCallFilter>(it => it.GetRequiredService<UnreachableGrains>());
            },
        };

    public static TheoryData<string> Failures => ["timeout", "rejection"];

    private UnreachableGrains Unreachable => _unreachable!;

    private ShardMap Shards => _exchange.Services.GetRequiredService<ShardMap>();

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task New_signals_of_other_shards_are_accepted_and_those_of_this_one_may_be_sent_again(string failure)
    {
        var reporter = await Reporter.Join(_exchange, "reports-new");
        var submissions = (await reporter.NewElements(12)).Select(element => Reporter.SubmissionOf(element)).ToArray();
        var lost = await Lose(reporter, submissions[0], failure);

        var (results, entry) = await Recorded(() => reporter.Submit(submissions));
        var isLost = await LostAmong(reporter, submissions, lost);

        AssertCounts(entry, AssertOnly(isLost, results, result => result.Error?.Reason));

        Unreachable.Shard = null;
        var again = await reporter.Submit(submissions);
        Assert.Equal(isLost.Select(it => !it), again.Select(result => result.Accepted.AlreadyKnown));
    }

    [Fact]
    public async Task Further_signals_on_what_is_known_are_accepted_of_other_indicators()
    {
        var reporter = await Reporter.Join(_exchange, "reports-again");
        var elements = await reporter.NewElements(12);
        await reporter.Submit([.. elements.Select(element => Reporter.SubmissionOf(element))]);
        var changed = elements
            .Select(element => Reporter.SubmissionOf(element, statement => statement.Confidence = 80))
            .ToArray();
        var lost = await Lose(reporter, changed[0], "timeout");

        var (results, entry) = await Recorded(() => reporter.Submit(changed));
        var isLost = await LostAmong(reporter, changed, lost);

        AssertCounts(entry, AssertOnly(isLost, results, result => result.Error?.Reason));
    }

    [Fact]
    public async Task Withdrawals_of_other_indicators_are_done()
    {
        var reporter = await Reporter.Join(_exchange, "withdraws");
        var submissions = (await reporter.NewElements(12)).Select(element => Reporter.SubmissionOf(element)).ToArray();
        await reporter.Submit(submissions);
        var lost = await Lose(reporter, submissions[0], "timeout");
        var tokens = await TokensOf(reporter, submissions);

        var (results, entry) = await Recorded(() => reporter.Withdraw(tokens));
        var isLost = Array.ConvertAll(tokens, token => Shards.ShardOf(token) == lost);

        AssertCounts(entry, AssertOnly(isLost, results, result => result.Error?.Reason));
        Unreachable.Shard = null;
        Assert.Equal(isLost.Count(it => it), (await reporter.Check(tokens)).Hits.Count);
    }

    [Fact]
    public async Task Templates_of_other_shards_are_registered()
    {
        var reporter = await AdReporter.Join(_exchange, "registers");
        var registrations = Enumerable.Range(0, 8).Select(_ => AdReporter.RegistrationOf(AdReporter.NewAd())).ToArray();
        var keyId = await reporter.Key();
        var tokens = Array.ConvertAll(
            registrations,
            it => TemplateDerivation.FromBands(keyId, TemplateDerivation.BandTokens(keyId, it.Elements.Span))
        );
        var lost = Shards.ShardOf(tokens[0]);
        Unreachable.Shard = lost;

        var (results, entry) = await Recorded(() => reporter.Register(registrations));
        var isLost = Array.ConvertAll(tokens, token => Shards.ShardOf(token) == lost);

        AssertCounts(entry, AssertOnly(isLost, results, result => result.Error?.Reason));
    }

    private async Task<Shard> Lose(Reporter reporter, Submission submission, string failure)
    {
        var shard = Shards.ShardOf(await reporter.TokenOf(submission.Element));
        Unreachable.Failure =
            failure == "timeout"
                ? () => new TimeoutException("Response did not arrive on time.")
                : () => new SiloUnavailableException("The silo is gone.");
        Unreachable.Shard = shard;
        return shard;
    }

    private async Task<(IReadOnlyList<T> Results, AccessLogDetail Entry)> Recorded<T>(Func<Task<IReadOnlyList<T>>> call)
    {
        var before = _exchange.Log.Size;
        var results = await call();
        var entries = await _exchange.EntriesSince(before);
        return (results, entries.Single(entry => entry.Asked == results.Count));
    }

    private async Task<bool[]> LostAmong(Reporter reporter, Submission[] submissions, Shard lost) =>
        Array.ConvertAll(await TokensOf(reporter, submissions), token => Shards.ShardOf(token) == lost);

    private static async Task<Token[]> TokensOf(Reporter reporter, Submission[] submissions)
    {
        var tokens = new List<Token>();
        foreach (var submission in submissions)
        {
            tokens.Add(await reporter.TokenOf(submission.Element));
        }

        return [.. tokens];
    }

    // Of several items of the shard those that came after the first silence were not tried.
    private static ErrorReason?[] AssertOnly<T>(bool[] isLost, IReadOnlyList<T> results, Func<T, ErrorReason?> reasonOf)
    {
        Assert.Contains(false, isLost); // else the draw says nothing
        ErrorReason?[] reasons = [.. results.Select(reasonOf)];
        Assert.Equal(isLost, reasons.Select(reason => reason is not null));
        Assert.Contains(ErrorReason.WriteConflict, reasons);
        Assert.Empty(reasons.Except([null, ErrorReason.WriteConflict, ErrorReason.NotReady]));
        return reasons;
    }

    private static void AssertCounts(AccessLogDetail entry, ErrorReason?[] reasons)
    {
        var refused = reasons.OfType<ErrorReason>().ToList();
        Assert.Equal((0u, ErrorReason.Unspecified), (entry.StatusCode, entry.Reason));
        Assert.Equal((reasons.Length - refused.Count, refused.Count), ((int)entry.Hits, (int)entry.Refused));
        Assert.Equal(
            refused.CountBy(reason => reason).OrderBy(it => it.Key),
            entry.RefusedItems.Select(it => KeyValuePair.Create(it.Reason, (int)it.Count)).OrderBy(it => it.Key)
        );
    }
}
