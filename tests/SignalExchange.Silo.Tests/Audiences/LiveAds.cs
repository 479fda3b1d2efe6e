using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Silo.Tests.Audiences;

/// <summary>The first indicators of a random world once more, as ads that their owners made templates of.</summary>
/// <param name="live">The world on an exchange; everybody is there still.</param>
/// <param name="world">The world.</param>
internal sealed class LiveAds(LiveWorld live, World world)
{
    /// <summary>How many there are.</summary>
    public const int Count = 24;

    /// <summary>Gets each ad's elements.</summary>
    public IReadOnlyList<byte[]> Ads { get; } = [.. Enumerable.Range(0, Count).Select(_ => AdReporter.NewAd())];

    /// <summary>Gets each ad's template; made-up names for ads that nobody made one of.</summary>
    public ByteString[] Templates { get; } =
    [
        .. Enumerable
            .Range(0, Count)
            .Select(_ => SubmissionId.NewId().ToByteString())
            .Select(it => ByteString.CopyFrom([.. it, .. it])),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Gets what is said of each ad. Templates have no disputes.</summary>
    public IReadOnlyList<IReadOnlyList<Said>> Said =>
        [.. world.Indicators.Take(Count).Select(all => all.Select(it => it with { IsDisputed = false }).ToList())];

    /// <summary>Registers them all, and withdraws what was withdrawn.</summary>
    public async Task Begin()
    {
        foreach (var owner in world.Members)
        {
            var reporter = live.Advertised(owner);
            var own = Said.Index()
                .SelectMany(it => it.Item, (it, said) => (it.Index, Said: said))
                .Where(it => it.Said.Owner.Name == owner.Name)
                .ToList();
            foreach (var some in own.Chunk(100))
            {
                await Register(reporter, some);
            }
        }
    }

    /// <summary>Asks about ads, for a test: nothing is counted.</summary>
    public static async Task<MatchAdsRequest> RequestOf(AdReporter reader, IEnumerable<byte[]> ads)
    {
        var request = await reader.RequestOf([.. ads]);
        request.Purpose = CheckPurpose.Test;
        return request;
    }

    /// <summary>Reads templates.</summary>
    public static async Task<GetTemplatesResponse> Get(AdReporter reader, IEnumerable<ByteString> templates) =>
        await reader.Templates.GetTemplatesAsync(
            new() { TemplateIds = { templates }, Purpose = CheckPurpose.Test },
            cancellationToken: Ct
        );

    private async Task Register(AdReporter reporter, (int Index, Said Said)[] own)
    {
        var results = await reporter.Register([.. own.Select(it => RegistrationOf(it.Index, it.Said))]);
        foreach (var ((index, said), result) in own.Zip(results))
        {
            Assert.Null(result.Error);
            Templates[index] = result.Accepted.TemplateId;
            if (said.IsWithdrawn)
            {
                Assert.All(await reporter.Withdraw(result.Accepted.TemplateId), it => Assert.Null(it.Error));
            }
        }
    }

    private TemplateRegistration RegistrationOf(int index, Said said)
    {
        var registration = AdReporter.RegistrationOf(Ads[index]);
        registration.Statement = live.StatementOf(said);
        return registration;
    }
}
