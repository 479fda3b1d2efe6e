using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Audit;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.Silo.Tests.Audit;

/// <summary>An auditor finds, reads, proves, judges and exports what others did, and each of that is an entry, too.</summary>
public sealed class AuditServiceTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_member_did_is_found_read_and_judged_and_the_judgement_is_an_entry()
    {
        var audit = new AuditService.AuditServiceClient(exchange.InvokerFor(await Auditor()));
        var reporter = await Reporter.Join(exchange, "is-audited");
        var receipt = await Check(reporter);
        await Follow((long)receipt.Index);

        var found = await audit.SearchEntriesAsync(
            new()
            {
                Filter = new() { MemberId = "is-audited", Method = "/signalexchange.v1.SignalService/Check" },
            },
            cancellationToken: Ct
        );
        Assert.Equal([receipt.Index], found.Entries.Select(it => it.Index));

        var entry = await audit.GetEntryAsync(new() { Index = receipt.Index, CaseId = Case }, cancellationToken: Ct);
        Assert.Equal(("is-audited", CheckPurpose.Test), (entry.Detail.Actor.MemberId, entry.Detail.Purpose));

        var review = await audit.ReviewEntriesAsync(
            new()
            {
                Indexes = { receipt.Index },
                Disposition = ReviewDisposition.Justified,
                CaseId = Case,
            },
            cancellationToken: Ct
        );
        await Follow((long)review.Index);
        var reviews = await audit.ListReviewsAsync(new(), cancellationToken: Ct);
        Assert.Contains(reviews.Reviews, it => it.Index == review.Index && it.CaseId == Case);
        var read = await audit.GetEntryAsync(new() { Index = review.Index }, cancellationToken: Ct);
        Assert.Equal(("/signalexchange.v1.AuditService/ReviewEntries", Case), (read.Detail.Method, read.Detail.CaseId));
    }

    [Fact]
    public async Task A_member_proves_what_it_was_told_and_learns_of_nobody_else()
    {
        using var member = await exchange.AddMember("has-proof");
        var reporter = new Reporter(exchange.InvokerFor(member));
        var receipt = await Check(reporter);
        var proofs = new AuditService.AuditServiceClient(exchange.InvokerFor(member));
        var prover = exchange.Services.GetRequiredService<IAccessLogProver>();
        await ExchangeFixture.Until(() => prover.PublishedSize > (long)receipt.Index, "the entry is published");

        var proof = await proofs.GetProofAsync(new() { Index = receipt.Index }, cancellationToken: Ct);
        var checkpoint = await proofs.GetCheckpointAsync(new(), cancellationToken: Ct);
        var policy = new CheckpointPolicy([VerifierKey.Parse(checkpoint.LogKey)], [], 0);
        var read = LogProof.Parse(Client.Audit.LogProofs.Read(proof).ToBytes());
        Assert.True(read.Verify(policy).IsProven);
        var detail = AccessLogDetail.Parser.ParseFrom(proof.Detail);
        Assert.Equal(receipt.Salt, detail.Salt);

        var stranger = new AuditService.AuditServiceClient(exchange.InvokerFor(await exchange.AddMember("no-proof")));
        var reason = await RpcErrors.ReasonOf(() =>
            stranger.GetProofAsync(new() { Index = receipt.Index }, cancellationToken: Ct).ResponseAsync
        );
        Assert.Equal(ErrorReason.EntryNotFound, reason);
    }

    [Fact]
    public async Task Of_the_consortiums_people_each_proves_what_it_was_told_itself_and_the_auditor_all_of_it()
    {
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        using var call = members.ListMembersAsync(new(), cancellationToken: Ct);
        await call;
        var receipt = AccessLogReceipt.Parser.ParseFrom(call.GetTrailers().GetValueBytes(CallRecorder.ReceiptTrailer));
        var prover = exchange.Services.GetRequiredService<IAccessLogProver>();
        await ExchangeFixture.Until(() => prover.PublishedSize > (long)receipt.Index, "the entry is published");

        Assert.Equal(receipt.Index, (await Proof(exchange.Operator, receipt)).Index);
        Assert.Equal(receipt.Index, (await Proof(await Auditor(), receipt)).Index);
        var custodian = await ConsortiumKey(KeyRole.KeyCustodian);
        Assert.Equal(ErrorReason.EntryNotFound, await RpcErrors.ReasonOf(() => Proof(custodian, receipt)));
    }

    [Fact]
    public async Task An_export_is_what_its_manifest_says_and_its_entry_says_how_much_left()
    {
        var audit = new AuditService.AuditServiceClient(exchange.InvokerFor(await Auditor()));
        var before = Log.Size;
        await Follow(before - 1);
        var filter = new EntryFilter { MemberId = "consortium" };

        using var call = audit.ExportEntries(
            new()
            {
                Filter = filter,
                FileFormat = ExportFormat.JsonLines,
                CaseId = Case,
            },
            cancellationToken: Ct
        );
        using var file = new MemoryStream();
        var manifest = ByteString.Empty;
        while (await call.ResponseStream.MoveNext(Ct))
        {
            call.ResponseStream.Current.Chunk.WriteTo(file);
            manifest = call.ResponseStream.Current.Manifest;
        }

        file.Position = 0;
        var key = (await audit.GetCheckpointAsync(new(), cancellationToken: Ct)).ManifestKey;
        Assert.True(Client.Audit.ManifestKey.TryParse(key, out var trusted));
        var check = await ManifestCheck.VerifyAsync(manifest.ToByteArray(), trusted, file, Ct);
        Assert.Equal(ManifestVerdict.Valid, check.Verdict);
        Assert.True(check.Manifest!.Entries > 0);
        var entry = await Find("/signalexchange.v1.AuditService/ExportEntries", before);
        Assert.Equal((check.Manifest.Entries, Case), (entry.Hits, entry.CaseId));
        Assert.Contains(entry.Changes, it => it is { Setting: "export.approved_by", NewValue: "" });

        // Nobody was there to ask, and the rules say so.
        await Follow(Log.Size - 1);
        var alarms = await audit.ListAlarmsAsync(new() { Rule = AnomalyRule.ExportNotApproved }, cancellationToken: Ct);
        Assert.Contains(alarms.Alarms, it => (long)it.LastIndex >= before && it.State == AlarmState.Open);
    }

    [Fact]
    public async Task What_an_operator_changed_stands_in_its_entry_with_old_and_new()
    {
        var before = Log.Size;
        await exchange.AddMember("is-suspended");
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).SuspendMemberAsync(
            new() { MemberId = "is-suspended" },
            cancellationToken: Ct
        );

        var entry = await Find("/signalexchange.v1.MemberService/SuspendMember", before);

        Assert.Equal("is-suspended", entry.SubjectMemberId);
        Assert.Contains(
            entry.Changes,
            it =>
                (it.Setting, it.OldValue, it.NewValue)
                == ("member.state", "is-suspended/Active", "is-suspended/Suspended")
        );
    }

    [Fact]
    public async Task More_changes_than_an_entry_takes_are_counted()
    {
        var before = Log.Size;
        var names = Enumerable.Range(0, 70).Select(it => $"crowd-{it}").ToList();
        foreach (var name in names)
        {
            await exchange.AddMember(name);
        }

        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).SetGroupAsync(
            new()
            {
                GroupId = "crowd",
                Members = { names.Select(name => new GroupMember { MemberId = name, CanSee = true }) },
            },
            cancellationToken: Ct
        );

        var entry = await Find("/signalexchange.v1.MemberService/SetGroup", before);
        Assert.Equal(64, entry.Changes.Count);
        Assert.Equal("changes.omitted", entry.Changes[^1].Setting);
        Assert.True(int.Parse(entry.Changes[^1].NewValue, System.Globalization.CultureInfo.InvariantCulture) >= 7);
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_is_refused_with_its_reason()
    {
        var audit = new AuditService.AuditServiceClient(exchange.InvokerFor(await Auditor()));

        Assert.Equal(
            ErrorReason.EntryNotFound,
            await RpcErrors.ReasonOf(() => audit.GetEntryAsync(new() { Index = 1 << 30 }).ResponseAsync)
        );
        Assert.Equal(
            ErrorReason.PageTokenInvalid,
            await RpcErrors.ReasonOf(() => audit.SearchEntriesAsync(new() { PageToken = "AAAA" }).ResponseAsync)
        );
        Assert.Equal(
            ErrorReason.FieldMalformed,
            await RpcErrors.ReasonOf(() =>
                audit.SearchEntriesAsync(new() { Filter = new() { MemberId = "NOT A SLUG" } }).ResponseAsync
            )
        );
        Assert.Equal(
            ErrorReason.OutOfRange,
            await RpcErrors.ReasonOf(() => audit.GetConsistencyAsync(new()).ResponseAsync)
        );
    }

    private static ByteString Case => ByteString.CopyFrom([.. Enumerable.Range(1, 16).Select(it => (byte)it)]);

    private IAccessLogReader Log => exchange.Services.GetRequiredService<IAccessLogReader>();

    private Task<GetProofResponse> Proof(TestMember caller, AccessLogReceipt receipt) =>
        new AuditService.AuditServiceClient(exchange.InvokerFor(caller))
            .GetProofAsync(new() { Index = receipt.Index }, cancellationToken: Ct)
            .ResponseAsync;

    private Task<TestMember> Auditor() => ConsortiumKey(KeyRole.Auditor);

    private async Task<TestMember> ConsortiumKey(KeyRole role)
    {
        var key = new TestMember("consortium");
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                PublicKey = ByteString.CopyFrom(key.PublicKey),
                Role = role,
            },
            cancellationToken: Ct
        );
        return key;
    }

    private static async Task<AccessLogReceipt> Check(Reporter reporter)
    {
        var token = await reporter.TokenOf((await reporter.NewElements(1))[0]);
        using var call = reporter.Signals.CheckAsync(await reporter.CheckRequestOf([token]), cancellationToken: Ct);
        await call;
        return AccessLogReceipt.Parser.ParseFrom(call.GetTrailers().GetValueBytes(CallRecorder.ReceiptTrailer));
    }

    private Task Follow(long index) => exchange.Services.GetRequiredService<ISearchFollower>().WaitForAsync(index, Ct);

    private async Task<AccessLogDetail> Find(string method, long from)
    {
        await foreach (var entry in Log.ReadAsync(from, long.MaxValue, Ct))
        {
            if (entry.Detail is { IsBegun: false } detail && detail.Method == method)
            {
                return detail;
            }
        }

        throw new InvalidOperationException($"There is no entry of {method}.");
    }
}
