using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>Every call is an entry before it is answered.</summary>
[Collection(SharedMembersExchange.Name)]
public sealed class RecordedCallsTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AccessLogHost Log => exchange.Services.GetRequiredService<AccessLogHost>();

    [Fact]
    public async Task A_check_tells_its_caller_where_its_entry_stands_and_the_entry_what_was_asked()
    {
        var reporter = await Reporter.Join(exchange, "is-recorded");
        var elements = await reporter.NewElements(2);
        var submitted = await reporter.Submit(Reporter.SubmissionOf(elements[0]));
        Assert.NotNull(submitted[0].Accepted);
        var request = await reporter.CheckRequestOf([
            await reporter.TokenOf(elements[0]),
            await reporter.TokenOf(elements[1]),
        ]);

        using var call = reporter.Signals.CheckAsync(request, cancellationToken: Ct);
        await call;
        var receipt = AccessLogReceipt.Parser.ParseFrom(call.GetTrailers().GetValueBytes(CallRecorder.ReceiptTrailer));
        var detail = await Read((long)receipt.Index);

        Assert.Equal(Log.Origin, receipt.Origin);
        Assert.Equal(receipt.Salt, detail.Salt);
        Assert.Equal(("is-recorded", ActorKind.Backend), (detail.Actor.MemberId, detail.Actor.Kind));
        Assert.Equal("/signalexchange.v1.SignalService/Check", detail.Method);
        Assert.Equal((2u, 1u, CheckPurpose.Test), (detail.Asked, detail.Hits, detail.Purpose));
        Assert.Equal(16, detail.Pseudonyms.Length);
        Assert.NotEmpty(detail.AsOf);
    }

    [Fact]
    public async Task A_refusal_is_recorded_whether_it_comes_from_the_door_or_the_handler()
    {
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        using var stranger = new TestMember("stranger");
        var before = Log.Size;

        await RpcErrors.ReasonOf(() =>
            members.SuspendMemberAsync(new() { MemberId = "not-there" }, cancellationToken: Ct).ResponseAsync
        );
        await RpcErrors.ReasonOf(() =>
            new MemberService.MemberServiceClient(exchange.InvokerFor(stranger))
                .ListMembersAsync(new(), cancellationToken: Ct)
                .ResponseAsync
        );

        var details = new List<AccessLogDetail>();
        await foreach (var entry in Log.ReadAsync(before, 100, Ct))
        {
            details.Add(entry.Detail!);
        }

        Assert.Contains(details, it => it.Reason == ErrorReason.MemberNotFound && it.SubjectMemberId == "not-there");
        Assert.Contains(details, it => it is { Reason: ErrorReason.CredentialsInvalid, Actor.Kind: ActorKind.Unknown });
    }

    [Fact]
    public async Task The_first_operator_and_each_start_are_recorded()
    {
        var entries = await Log.ReadAsync(0, 5, Ct).Select(it => it.Detail!).ToListAsync(Ct);

        Assert.Equal(
            ["/silo/start", "/silo/bootstrap", "/silo/bootstrap", "/silo/stop", "/silo/start"],
            entries.Select(it => it.Method)
        );
        Assert.All(entries, it => Assert.Equal(ActorKind.System, it.Actor.Kind));
        Assert.Equal((true, 1ul), (entries[1].IsBegun, entries[2].BegunIndex));
        Assert.Equal("consortium", entries[2].SubjectMemberId);
        Assert.Contains(
            entries[2].Changes,
            it => (it.Setting, it.NewValue) == ("member.key", $"{exchange.Operator.Thumbprint}/Operator")
        );
    }

    [Fact]
    public async Task The_keys_in_force_are_recorded_before_anybody_is_served()
    {
        var entries = await Log.ReadAsync(5, 1, Ct).Select(it => it.Detail!).ToListAsync(Ct);

        var entry = Assert.Single(entries);
        Assert.Equal("/keys/changed", entry.Method);
        Assert.All(entry.Changes, it => Assert.Equal(("key.state", ""), (it.Setting, it.OldValue)));
        Assert.Contains(
            entry.Changes,
            it =>
                it.NewValue.StartsWith("phone-e164/1/", StringComparison.Ordinal)
                && it.NewValue.EndsWith("/Active", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Each_batch_of_a_stream_is_an_entry()
    {
        var reporter = await Reporter.Join(exchange, "streams-records");
        var request = await reporter.CheckRequestOf([await reporter.TokenOf((await reporter.NewElements(1))[0])]);
        using var stream = reporter.Signals.CheckStream(cancellationToken: Ct);
        var receipts = new List<AccessLogReceipt>();
        for (var batch = 0; batch < 2; batch++)
        {
            await stream.RequestStream.WriteAsync(new() { BatchNumber = (ulong)batch, Batch = request }, Ct);
            Assert.True(await stream.ResponseStream.MoveNext(Ct));
            receipts.Add(stream.ResponseStream.Current.Receipt);
        }

        Assert.True(receipts[0].Index < receipts[1].Index);
        Assert.Equal("/signalexchange.v1.SignalService/CheckStream", (await Read((long)receipts[1].Index)).Method);
    }

    [Fact]
    public async Task Whatever_is_answered_or_written_has_the_positions_that_it_is_true_at()
    {
        var reporter = await Reporter.Join(exchange, "has-positions");
        var elements = await reporter.NewElements(2);
        var (known, unknown) = (await reporter.TokenOf(elements[0]), await reporter.TokenOf(elements[1]));
        var before = Log.Size;

        var submitted = (await reporter.Submit(Reporter.SubmissionOf(elements[0])))[0].Accepted.Position;
        await reporter.Get([known, unknown]);
        var withdrawn = (await reporter.Withdraw(known))[0].Accepted.Position;

        var entries = (await exchange.EntriesSince(before)).ToLookup(it => it.Method.Split('/')[2], it => it.AsOf);
        Assert.Equal([submitted], entries["Submit"].Single());
        Assert.Equal([withdrawn], entries["Withdraw"].Single());
        var read = entries["Get"].Single();
        Assert.Contains(read, it => it.Shard == submitted.Shard && it.Sequence >= submitted.Sequence);
        var shards = exchange.Services.GetRequiredService<Storage.ShardMap>();
        Assert.Equal(
            new[] { known, unknown }.Select(it => (uint)shards.ShardOf(it).Number).Distinct().Order(),
            read.Select(it => it.Shard)
        );
    }

    [Fact]
    public async Task The_group_that_a_signal_is_shared_with_stands_in_the_entries_of_those_who_said_and_saw_it()
    {
        const string group = "recorded-ring";
        var owner = await Reporter.Join(exchange, "shares-in-ring", group);
        var reader = await Reporter.Join(exchange, "reads-in-ring", group);
        var stranger = await Reporter.Join(exchange, "outside-ring");
        var element = (await owner.NewElements(1))[0];
        var token = await owner.TokenOf(element);
        var before = Log.Size;

        var said = Reporter.SubmissionOf(
            element,
            it => it.Audience = new() { ShareLevel = ShareLevel.Amber, GroupIds = { group } }
        );
        var accepted = (await owner.Submit(said))[0].Accepted;
        Assert.Single((await reader.Check([token], accepted.Position)).Hits);
        Assert.Single((await reader.Get([token])).Results);
        Assert.Empty((await stranger.Check([token], accepted.Position)).Hits);

        var entries = (await exchange.EntriesSince(before)).Where(it => it.Method.Contains("SignalService/")).ToList();
        Assert.Equal(["Submit", "Check", "Get", "Check"], entries.Select(it => it.Method.Split('/')[2]));
        Assert.All(entries.Take(3), it => Assert.Equal([group], it.Audiences));
        Assert.Empty(entries[3].Audiences); // Nor does it tell a stranger that there was something.
    }

    [Fact]
    public async Task A_batch_of_a_stream_that_is_refused_for_its_form_is_an_entry()
    {
        var reporter = await Reporter.Join(exchange, "streams-nonsense");
        foreach (
            var request in new CheckStreamRequest[]
            {
                new() { BatchNumber = 1 },
                new() { Batch = new() },
            }
        )
        {
            var (reason, _) = await exchange.Refusal(async () =>
            {
                using var stream = reporter.Signals.CheckStream(cancellationToken: Ct);
                await stream.RequestStream.WriteAsync(request, Ct);
                await stream.ResponseStream.MoveNext(Ct);
            });

            Assert.Equal(ErrorReason.FieldMissing, reason);
        }
    }

    private async Task<AccessLogDetail> Read(long index)
    {
        await foreach (var entry in Log.ReadAsync(index, 1, Ct))
        {
            Assert.Equal(DetailState.Open, entry.State);
            return entry.Detail!;
        }

        throw new InvalidOperationException($"There is no entry {index}.");
    }
}
