using System.Globalization;
using SignalExchange.Demo;

namespace SignalExchange.Cluster.Tests;

/// <summary>The demo on an exchange that runs already: <c>./run.sh demo --endpoint</c>.</summary>
public sealed class VisitTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-visit-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;

    public VisitTests()
    {
        _exchange = new(Path.Combine(_folder, "exchange"), Path.Combine(_folder, "exchange.log"));
        _sigx = new(_folder, _exchange.Address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Key => Path.Combine(_folder, "operator.key.pem");

    public async ValueTask InitializeAsync()
    {
        Assert.Equal(0, (await _sigx.Run("keys", "new", "--out", "operator")).ExitCode);
        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
        await _exchange.Start(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_line_holds_twice_on_the_same_exchange_and_nobody_stays()
    {
        for (var visit = 0; visit < 2; visit++)
        {
            var options = Options("--operator-key", Key);
            Assert.True(await new Visit(options, options.Running!).Play(Ct), "See the output.");
        }

        var members = (await _sigx.As("consortium", "operator", "member", "list")).Json;
        Assert.All(
            members.Where(member => ((string)member!["member"]!).StartsWith("demo-", StringComparison.Ordinal)),
            member => Assert.Equal("OffboardedWithdrawn", (string?)member!["state"])
        );
    }

    [Fact]
    public async Task Somebody_who_may_not_add_members_is_told_so()
    {
        Assert.Equal(0, (await _sigx.Run("keys", "new", "--out", "stranger")).ExitCode);
        var options = Options("--operator-key", Path.Combine(_folder, "stranger.key.pem"));

        Assert.False(await new Visit(options, options.Running!).Play(Ct));
    }

    [Theory]
    [InlineData("--operator-key", "nowhere.pem")]
    [InlineData("--endpoint", "nowhere")]
    [InlineData("--endpont", "http://127.0.0.1:1")]
    public void What_cannot_be_done_is_refused_before_anything_is_done(string name, string value)
    {
        var refused = Assert.Throws<FormatException>(() => DemoOptions.Parse([name, value]));

        Assert.Contains("--", refused.Message, StringComparison.Ordinal);
    }

    private DemoOptions Options(params string[] more) =>
        DemoOptions.Parse([
            "--folder",
            Path.Combine(_folder, "visit"),
            "--scale",
            0.02.ToString(CultureInfo.InvariantCulture),
            "--endpoint",
            _exchange.Address.ToString(),
            .. more,
        ]);
}
