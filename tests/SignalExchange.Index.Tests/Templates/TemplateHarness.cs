using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests.Templates;

/// <summary>An index of templates with what stands around it, fed row by row, with a clock that the test moves.</summary>
internal sealed class TemplateHarness
{
    private readonly LocalIndex _index;
    private readonly RegistrationGate _gate;

    public TemplateHarness(Action<TemplateOptions>? change = null)
    {
        var options = new TemplateOptions();
        change?.Invoke(options);
        Templates = new TemplateIndex(options.MaxTemplatesPerBand, options.MaxTemplatesPerBandOfMember);
        _index = new LocalIndex(TestRows.Shards, Clock, new TemplateFeed(new TestTemplateReader(), Templates));
        Traffic = new AdTraffic(Options.Create(options), Clock);
        Matcher = new AdMatcher(Templates, _index, Traffic, Options.Create(options), Clock);
        _gate = new RegistrationGate(Templates, Traffic, Matcher, Options.Create(options));
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TemplateIndex Templates { get; }

    public AdTraffic Traffic { get; }

    public AdMatcher Matcher { get; }

    /// <summary>Commits a new template.</summary>
    /// <returns>Its ad.</returns>
    public byte[] Register(Token? token = null, string owner = "a", TimeSpan? lives = null, byte[]? ad = null)
    {
        ad ??= TestAds.Random();
        var change = TestAds.ChangeOf(Clock.GetUtcNow(), owner, 0, ad);
        var until = IndicatorSummary.LiveUntil(Clock.GetUtcNow() + (lives ?? TimeSpan.FromDays(300)));
        Commit(new(token ?? TestTokens.Random(), until, TestAds.DetailOf(change)));
        return ad;
    }

    /// <summary>Commits that nothing of a template is live any more.</summary>
    public void Withdraw(Token token) => Commit(new(token, IndicatorSummary.NothingLive, default));

    public IReadOnlyList<TemplateCandidate> Find(byte[] ad, bool isCounted = false, string member = "a") =>
        Matcher.Find(ad, new(member), isCounted);

    public Refusal? Judge(byte[] ad, int minBands = 0, string member = "a") => _gate.Judge(ad, new(member), minBands);

    private void Commit(ShardChange change)
    {
        var shard = TestRows.Shards.ShardOf(change.Token);
        Assert.True(_index.Apply(new(shard, _index.AppliedSequence(shard) + 1, CommitId: 0, [change])));
    }
}
