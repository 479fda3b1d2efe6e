using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>A member's distinct tokens a day, seen from outside. The sketch errs by 0.81 %: the tests keep four times that away.</summary>
[Collection(SharedQuotas.Name)]
public sealed class TokenQuotaTests(SmallQuotas exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_tokens_again_cost_nothing_and_too_many_new_ones_are_refused_whole()
    {
        var member = await Reporter.Join(exchange, "asks");
        for (var round = 0; round < 5; round++)
        {
            await Check(member, 0, 10_000);
        }

        Assert.Equal(ErrorReason.Unspecified, await Try(member, 10_000, 19_000));
        Assert.Equal(ErrorReason.QuotaTokensSpent, await Try(member, 19_000, 22_000));
        Assert.Equal(ErrorReason.QuotaTokensSpent, await Try(member, 19_000, 22_000));
        Assert.Equal(ErrorReason.Unspecified, await Try(member, 5_000, 15_000));
        Assert.Equal(ErrorReason.Unspecified, await Try(member, 19_000, 19_100));
    }

    [Fact]
    public async Task Tokens_count_the_same_on_a_stream_and_in_a_get()
    {
        var member = await Reporter.Join(exchange, "asks-otherwise");
        using (var stream = member.Signals.CheckStream(cancellationToken: Ct))
        {
            await stream.RequestStream.WriteAsync(
                new() { BatchNumber = 1, Batch = await RequestOf(member, 0, 10_000) },
                Ct
            );
            Assert.True(await stream.ResponseStream.MoveNext(Ct));
            await stream.RequestStream.CompleteAsync();
        }

        for (var from = 10_000; from < 19_000; from += 1_000)
        {
            await Get(member, from, from + 1_000);
        }

        Assert.Equal(ErrorReason.QuotaTokensSpent, await Try(member, 19_000, 22_000));
        Assert.Equal(ErrorReason.QuotaTokensSpent, await RpcErrors.ReasonOf(() => GetUntilRefused(member)));

        using var refused = member.Signals.CheckStream(cancellationToken: Ct);
        await refused.RequestStream.WriteAsync(
            new() { BatchNumber = 1, Batch = await RequestOf(member, 30_000, 35_000) },
            Ct
        );
        Assert.Equal(ErrorReason.QuotaTokensSpent, await RpcErrors.ReasonOf(() => refused.ResponseStream.MoveNext(Ct)));
    }

    [Fact]
    public async Task A_quota_survives_a_restart_and_the_tokens_asked_about_stay_known()
    {
        var member = await exchange.AddMember("asks-again");
        await Check(new(exchange.InvokerFor(member)), 0, 10_000);
        await Check(new(exchange.InvokerFor(member)), 10_000, 18_500);

        await exchange.Restart();

        var after = new Reporter(exchange.InvokerFor(member));
        Assert.Equal(ErrorReason.QuotaTokensSpent, await Try(after, 20_000, 23_000));
        Assert.Equal(ErrorReason.Unspecified, await Try(after, 0, 10_000));
    }

    [Fact]
    public async Task No_token_is_in_the_data_folder()
    {
        var member = await Reporter.Join(exchange, "leaves-nothing");
        var asked = TestTokens.Pack(77_000, 78_000);
        await Check(member, 77_000, 78_000);
        await exchange.Stop();
        try
        {
            foreach (var file in Directory.EnumerateFiles(exchange.DataDirectory, "*", SearchOption.AllDirectories))
            {
                var content = await File.ReadAllBytesAsync(file, Ct);
                for (var place = 0; place < 1_000; place += 111)
                {
                    Assert.Equal(-1, content.AsSpan().IndexOf(asked.Span.Slice((place * 32) + 16, 16)));
                }
            }
        }
        finally
        {
            await exchange.Start();
        }
    }

    private static async Task GetUntilRefused(Reporter member)
    {
        await Get(member, 19_000, 20_000);
        await Get(member, 20_000, 21_000);
        await Get(member, 21_000, 22_000);
    }

    private static async Task Get(Reporter member, int from, int to) =>
        await member.Signals.GetAsync(
            new()
            {
                KeyId = (await member.Key()).KeyId,
                Tokens = TestTokens.Pack(from, to),
                Purpose = CheckPurpose.Test,
            },
            cancellationToken: Ct
        );

    private static async Task<ErrorReason> Try(Reporter member, int from, int to)
    {
        var call = Check(member, from, to);
        await call.ContinueWith(static _ => { }, TaskScheduler.Default);
        return call.IsCompletedSuccessfully ? ErrorReason.Unspecified : await RpcErrors.ReasonOf(() => call);
    }

    private static async Task Check(Reporter member, int from, int to) =>
        await member.Signals.CheckAsync(await RequestOf(member, from, to), cancellationToken: Ct);

    private static async Task<CheckRequest> RequestOf(Reporter member, int from, int to) =>
        new()
        {
            KeyId = (await member.Key()).KeyId,
            Tokens = TestTokens.Pack(from, to),
            Purpose = CheckPurpose.Test,
        };
}
