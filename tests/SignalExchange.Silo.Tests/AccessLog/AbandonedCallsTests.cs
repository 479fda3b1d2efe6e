using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A caller that goes away, on purpose or not, takes no entry of the access log with it.</summary>
public sealed class AbandonedCallsTests : IAsyncLifetime
{
    private const string Service = "/signalexchange.v1.SignalService/";

    private readonly ExchangeFixture _exchange;
    private HeldShardStore? _store;

    public AbandonedCallsTests() =>
        _exchange = new()
        {
            Replace = services =>
                services.AddSingleton<IShardStore>(it => _store = new(it.GetRequiredService<SqliteExchangeStore>())),
        };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        _store!.Release();
        return _exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_submission_whose_caller_is_gone_is_recorded_with_what_came_of_it()
    {
        var reporter = await Reporter.Join(_exchange, "hangs-up");
        var element = (await reporter.NewElements(1))[0];
        var request = new SubmitRequest
        {
            KeyId = (await reporter.Key()).KeyId,
            Submissions = { Reporter.SubmissionOf(element) },
        };
        var before = _exchange.Log.Size;
        _store!.Hold();
        using var leaving = new CancellationTokenSource();
        using var call = reporter.Signals.SubmitAsync(request, cancellationToken: leaving.Token);
        await Eventually.TrueAsync(() => _store.Held > 0, "a commit under way");

        await leaving.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        _store.Release();

        var entry = await EntryOf(before, Service + "Submit");
        Assert.Equal(("hangs-up", 0u, 1u, 1u), (entry.Actor.MemberId, entry.StatusCode, entry.Asked, entry.Hits));
        Assert.Equal(16, entry.Pseudonyms.Length);
        Assert.Single((await reporter.Check([await reporter.TokenOf(element)])).Hits);
    }

    [Fact]
    public async Task A_batch_of_a_stream_whose_caller_is_gone_is_recorded_with_what_came_of_it()
    {
        var reporter = await Reporter.Join(_exchange, "hangs-up-later");
        var request = new SubmitRequest
        {
            KeyId = (await reporter.Key()).KeyId,
            Submissions = { Reporter.SubmissionOf((await reporter.NewElements(1))[0]) },
        };
        var before = _exchange.Log.Size;
        _store!.Hold();
        using (var stream = reporter.Signals.SubmitStream(cancellationToken: Ct))
        {
            await stream.RequestStream.WriteAsync(new() { BatchNumber = 1, Batch = request }, Ct);
            await Eventually.TrueAsync(() => _store.Held > 0, "a commit under way");
        }

        _store.Release();

        var entry = await EntryOf(before, Service + "SubmitStream");
        Assert.Equal((0u, 1u, 1u), (entry.StatusCode, entry.Asked, entry.Hits));
    }

    [Fact]
    public async Task However_short_an_operators_patience_what_it_did_is_recorded()
    {
        var members = new MemberService.MemberServiceClient(_exchange.InvokerFor(_exchange.Operator));
        var before = _exchange.Log.Size;
        var isAdded = false;
        for (var attempt = 0; attempt < 60 || (!isAdded && attempt < 150); attempt++) // until one was patient enough
        {
            using var member = new TestMember($"hasty-{attempt}");
            var request = new AddMemberRequest
            {
                MemberId = member.MemberId,
                PublicKey = Google.Protobuf.ByteString.CopyFrom(member.PublicKey),
            };
            using var leaving = new CancellationTokenSource(
                TimeSpan.FromMicroseconds(200 * attempt * (attempt < 60 ? 1 : attempt))
            );
            isAdded |=
                await Record.ExceptionAsync(() =>
                    members.AddMemberAsync(request, cancellationToken: leaving.Token).ResponseAsync
                )
                    is null;
        }

        var added = await members.ListMembersAsync(new() { PageSize = 200 }, cancellationToken: Ct);
        var hasty = added
            .Members.Select(it => it.MemberId)
            .Where(id => id.StartsWith("hasty-", StringComparison.Ordinal));
        var recorded = await Eventually.ResultAsync(
            () => _exchange.EntriesSince(before),
            entries => hasty.All(id => entries.Any(entry => entry.SubjectMemberId == id && entry.Changes.Count > 0)),
            "an entry of every member that was added"
        );
        Assert.Contains(recorded, entry => entry.Changes.Count > 0);
    }

    private async Task<AccessLogDetail> EntryOf(long from, string method)
    {
        var entries = await Eventually.ResultAsync(
            () => _exchange.EntriesSince(from),
            entries => entries.Any(entry => entry.Method == method),
            $"an entry of {method}"
        );
        return entries.First(entry => entry.Method == method);
    }
}
