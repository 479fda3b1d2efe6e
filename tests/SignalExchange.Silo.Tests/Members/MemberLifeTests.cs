using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>A member's life through the service, on a running exchange.</summary>
[Collection(SharedMembersExchange.Name)]
public sealed class MemberLifeTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemberService.MemberServiceClient Operator => new(exchange.InvokerFor(exchange.Operator));

    [Fact]
    public async Task Invited_enrolled_tested_and_activated_a_member_is_heard()
    {
        using var member = new TestMember("newcomer");
        var enrolled = await Enrol(member, await Invite("newcomer"));
        Assert.Equal(MemberState.Test, enrolled.State);

        var newcomer = new Reporter(exchange.InvokerFor(member));
        var other = await Reporter.Join(exchange, "long-there");
        var element = (await newcomer.NewElements(1))[0];
        var token = await newcomer.TokenOf(element);
        await newcomer.Submit(Reporter.SubmissionOf(element));
        await other.Submit(Reporter.SubmissionOf(element));

        Assert.Equal(["newcomer"], await Owners(newcomer, token));
        Assert.Equal(["long-there"], await Owners(other, token));

        await Operator.ActivateMemberAsync(new() { MemberId = "newcomer" }, cancellationToken: Ct);
        Assert.Equal(["long-there"], await Owners(other, token));
        Assert.Equal(["long-there", "newcomer"], await Owners(newcomer, token));

        var again = (await newcomer.Submit(Reporter.SubmissionOf(element)))[0].Accepted;
        Assert.Equal(2u, again.Revision);
        Assert.Equal(["long-there", "newcomer"], await Owners(other, token));
    }

    [Fact]
    public async Task Each_step_of_a_life_is_an_entry_that_says_what_it_changed_and_no_secret()
    {
        using var member = new TestMember("lives-logged");
        using var spare = new TestMember("lives-logged");
        var before = exchange.Log.Size;

        var code = await Invite("lives-logged");
        await Enrol(member, code);
        await Operator.ActivateMemberAsync(new() { MemberId = "lives-logged" }, cancellationToken: Ct);
        await AddKey(Operator, spare, KeyRole.MemberBackend);
        await Operator.RevokeMemberKeyAsync(
            new() { MemberId = "lives-logged", Thumbprint = member.Thumbprint },
            cancellationToken: Ct
        );
        await Operator.SetGroupAsync(GroupOf("logged-ring", "lives-logged"), cancellationToken: Ct);
        await Operator.SuspendMemberAsync(new() { MemberId = "lives-logged" }, cancellationToken: Ct);
        await Operator.ReinstateMemberAsync(new() { MemberId = "lives-logged" }, cancellationToken: Ct);
        await Offboard("lives-logged", OffboardedSignals.Withdraw);

        var entries = await exchange.EntriesSince(before);
        Assert.Equal(
            [
                "InviteMember: member.jurisdiction > lives-logged/DE/receives, member.state > lives-logged/Invited",
                $"EnrolMember: member.agreement > lives-logged/agreement-3, member.key > {member.Thumbprint}/MemberBackend"
                    + ", member.state lives-logged/Invited > lives-logged/Test",
                "ActivateMember: member.state lives-logged/Test > lives-logged/Active",
                $"AddMemberKey: member.key > {spare.Thumbprint}/MemberBackend",
                $"RevokeMemberKey: member.key {member.Thumbprint}/MemberBackend > {member.Thumbprint}/MemberBackend/revoked",
                "SetGroup: group.member > logged-ring/lives-logged/see+use",
                "SuspendMember: member.state lives-logged/Active > lives-logged/Suspended",
                "ReinstateMember: member.state lives-logged/Suspended > lives-logged/Active",
                "OffboardMember: group.member logged-ring/lives-logged/see+use >"
                    + $", member.key {spare.Thumbprint}/MemberBackend > {spare.Thumbprint}/MemberBackend/revoked"
                    + ", member.state lives-logged/Active > lives-logged/OffboardedWithdrawn",
            ],
            entries.Where(it => it.Changes.Count > 0 && it.Actor.Kind != ActorKind.System).Select(Told)
        );
        Assert.All(entries, it => Assert.Equal(-1, it.ToByteArray().AsSpan().IndexOf(code)));
    }

    [Fact]
    public async Task A_wrong_code_enrols_nobody()
    {
        using var member = new TestMember("guesser");
        await Invite("guesser");

        Assert.Equal(
            (ErrorReason.EnrolmentRefused, StatusCode.Unauthenticated),
            await Refused(() => Enrol(member, RandomNumberGenerator.GetBytes(32)))
        );
    }

    [Fact]
    public async Task Whoever_leaves_with_its_signals_is_silent_at_once_and_whoever_leaves_them_is_still_heard()
    {
        var (goes, stays) = (await Reporter.Join(exchange, "goes"), await Reporter.Join(exchange, "goes-kept"));
        var reader = await Reporter.Join(exchange, "reads-on");
        var element = (await goes.NewElements(1))[0];
        var token = await goes.TokenOf(element);
        await goes.Submit(Reporter.SubmissionOf(element));
        await stays.Submit(Reporter.SubmissionOf(element));

        await Offboard("goes", OffboardedSignals.Withdraw);
        await Offboard("goes-kept", OffboardedSignals.Keep);

        Assert.Equal(["goes-kept"], await Owners(reader, token));
        Assert.Equal(ErrorReason.CredentialsInvalid, (await Refused(() => Owners(goes, token))).Reason);
    }

    [Fact]
    public async Task Removal_from_a_group_holds_from_the_next_call_on_and_in_streams_too()
    {
        var (a, b) = (await Reporter.Join(exchange, "ring-a", "oval"), await Reporter.Join(exchange, "ring-b", "oval"));
        var element = (await a.NewElements(1))[0];
        var token = await a.TokenOf(element);
        await a.Submit(Reporter.SubmissionOf(element, statement => statement.Audience = Amber("oval")));
        using var stream = b.Signals.CheckStream(cancellationToken: Ct);
        Assert.Single((await Ask(stream, await b.CheckRequestOf([token]))).Hits);

        await Operator.SetGroupAsync(GroupOf("oval", "ring-a"), cancellationToken: Ct);

        Assert.Empty((await Ask(stream, await b.CheckRequestOf([token]))).Hits);
        Assert.Empty(await Owners(b, token));
    }

    [Fact]
    public async Task A_revoked_key_ends_a_stream_with_its_next_batch()
    {
        var member = await exchange.AddMember("streams-on");
        var reporter = new Reporter(exchange.InvokerFor(member));
        var element = (await reporter.NewElements(1))[0];
        var request = await reporter.CheckRequestOf([await reporter.TokenOf(element)]);
        using var stream = reporter.Signals.CheckStream(cancellationToken: Ct);
        await Ask(stream, request);

        await Operator.RevokeMemberKeyAsync(
            new() { MemberId = member.MemberId, Thumbprint = member.Thumbprint },
            cancellationToken: Ct
        );

        Assert.Equal(ErrorReason.CredentialsInvalid, (await Refused(() => Ask(stream, request))).Reason);
    }

    [Fact]
    public async Task Whoever_may_only_see_a_group_cannot_share_with_it()
    {
        var (a, b) = (
            await Reporter.Join(exchange, "uses-it", "lens"),
            await Reporter.Join(exchange, "sees-it", "lens")
        );
        var group = GroupOf("lens", "uses-it");
        group.Members.Add(new GroupMember { MemberId = "sees-it", CanSee = true });
        await Operator.SetGroupAsync(group, cancellationToken: Ct);
        var element = (await a.NewElements(1))[0];

        var refused = await b.Submit(Reporter.SubmissionOf(element, statement => statement.Audience = Amber("lens")));
        await a.Submit(Reporter.SubmissionOf(element, statement => statement.Audience = Amber("lens")));

        Assert.Equal(ErrorReason.AudienceNotYours, refused[0].Error.Reason);
        Assert.Equal(["uses-it"], await Owners(b, await a.TokenOf(element)));
    }

    [Fact]
    public async Task An_audience_of_strangers_is_refused_and_why_is_recorded()
    {
        var reporter = await Reporter.Join(exchange, "names-strangers", "own-ring");
        await exchange.AddMember("in-other-ring", "other-ring");
        var elements = await reporter.NewElements(3);
        var before = exchange.Log.Size;

        var results = await reporter.Submit(
            Reporter.SubmissionOf(elements[0], statement => statement.Audience = Amber("other-ring")),
            Reporter.SubmissionOf(elements[1], statement => statement.Audience = Amber("no-such-ring")),
            Reporter.SubmissionOf(elements[2], statement => statement.Audience = Amber("own-ring"))
        );
        var ofStrangers = await Refused(() =>
            Operator
                .SetGroupAsync(GroupOf("own-ring", "names-strangers", "nobody"), cancellationToken: Ct)
                .ResponseAsync
        );

        Assert.Equal(results[0].Error, results[1].Error);
        Assert.Equal(ErrorReason.AudienceNotYours, results[0].Error.Reason);
        Assert.NotNull(results[2].Accepted);
        var entry = (await exchange.EntriesSince(before)).Single(it => it.Asked == 3);
        Assert.Equal((1u, 2u), (entry.Hits, entry.Refused));
        Assert.Equal([new RefusedItems { Reason = ErrorReason.AudienceNotYours, Count = 2 }], entry.RefusedItems);
        Assert.Equal((ErrorReason.MemberNotFound, StatusCode.NotFound), ofStrangers);
    }

    [Theory]
    [InlineData("DE", "DE", true)]
    [InlineData("DE", "US", false)]
    [InlineData("", "US", true)]
    [InlineData("DE", "", false)]
    public async Task A_signal_is_delivered_only_where_its_law_allows(string named, string country, bool isDelivered)
    {
        var id = $"law-{named}-{country}-x".ToLowerInvariant().Replace("--", "-none-", StringComparison.Ordinal);
        var sender = await Reporter.Join(exchange, id + "-s");
        using var receiver = new TestMember(id + "-r");
        var request = new AddMemberRequest
        {
            MemberId = receiver.MemberId,
            PublicKey = ByteString.CopyFrom(receiver.PublicKey),
        };
        request.Jurisdictions.Add(country.Length > 0 ? [country] : []);
        await Operator.AddMemberAsync(request, cancellationToken: Ct);
        var element = (await sender.NewElements(1))[0];
        await sender.Submit(
            Reporter.SubmissionOf(
                element,
                statement =>
                {
                    statement.Legal = new LegalEnvelope { Basis = LegalBasis.PublicInterest };
                    statement.Legal.Jurisdictions.Add(named.Length > 0 ? [named] : []);
                }
            )
        );

        var owners = await Owners(new Reporter(exchange.InvokerFor(receiver)), await sender.TokenOf(element));

        Assert.Equal(isDelivered ? 1 : 0, owners.Count);
    }

    [Fact]
    public async Task A_members_administrator_manages_its_own_keys_and_nobody_elses()
    {
        await exchange.AddMember("self-managed");
        await exchange.AddMember("other-managed");
        using var admin = new TestMember("self-managed");
        using var fresh = new TestMember("self-managed");
        await AddKey(Operator, admin, KeyRole.MemberAdministrator);
        var own = new MemberService.MemberServiceClient(exchange.InvokerFor(admin));

        var added = await AddKey(own, fresh, KeyRole.MemberBackend);
        var stranger = await Refused(() =>
            own.AddMemberKeyAsync(
                KeyRequest("other-managed", fresh, KeyRole.MemberBackend),
                cancellationToken: Ct
            ).ResponseAsync
        );

        Assert.Contains(added.Keys, key => key.Thumbprint == fresh.Thumbprint);
        Assert.Equal((ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied), stranger);
    }

    [Fact]
    public async Task A_listing_goes_on_behind_a_group_that_was_emptied_between_two_pages()
    {
        await exchange.AddMember("in-pages", "page-a", "page-b", "page-c");
        var first = await Operator.ListGroupsAsync(new() { PageSize = 1 }, cancellationToken: Ct);
        await Operator.SetGroupAsync(new() { GroupId = first.Groups[0].GroupId }, cancellationToken: Ct);

        var rest = await Operator.ListGroupsAsync(
            new() { PageSize = 200, PageToken = first.NextPageToken },
            cancellationToken: Ct
        );

        Assert.DoesNotContain(first.Groups[0].GroupId, rest.Groups.Select(group => group.GroupId));
        Assert.Equal(
            ErrorReason.PageTokenInvalid,
            (
                await Refused(() =>
                    Operator
                        .ListMembersAsync(new() { PageToken = first.NextPageToken }, cancellationToken: Ct)
                        .ResponseAsync
                )
            ).Reason
        );
    }

    private static string Told(AccessLogDetail entry) =>
        entry.Method.Split('/')[^1]
        + ": "
        + string.Join(
            ", ",
            entry
                .Changes.Where(it => !it.Setting.EndsWith("_per_day", StringComparison.Ordinal))
                .Select(it => $"{it.Setting} {it.OldValue} > {it.NewValue}".Replace("  ", " ").TrimEnd())
        );

    private async Task<byte[]> Invite(string member)
    {
        var request = new InviteMemberRequest
        {
            MemberId = member,
            Agreement = "agreement-3",
            Jurisdictions = { "DE" },
        };
        return (await Operator.InviteMemberAsync(request, cancellationToken: Ct)).EnrolmentCode.ToByteArray();
    }

    private async Task<Member> Enrol(TestMember member, byte[] code)
    {
        var request = new EnrolMemberRequest
        {
            MemberId = member.MemberId,
            EnrolmentCode = ByteString.CopyFrom(code),
            PublicKey = ByteString.CopyFrom(member.PublicKey),
            Agreement = "agreement-3",
        };
        request.Signature = ByteString.CopyFrom(member.SignBytes(EnrolmentProof.MessageOf(request)));
        var anonymous = new MemberService.MemberServiceClient(exchange.InvokerFor(null));
        return (await anonymous.EnrolMemberAsync(request, cancellationToken: Ct)).Member;
    }

    private async Task Offboard(string member, OffboardedSignals signals) =>
        await Operator.OffboardMemberAsync(new() { MemberId = member, Signals = signals }, cancellationToken: Ct);

    private static async Task<Member> AddKey(MemberService.MemberServiceClient client, TestMember key, KeyRole role) =>
        (await client.AddMemberKeyAsync(KeyRequest(key.MemberId, key, role), cancellationToken: Ct)).Member;

    private static AddMemberKeyRequest KeyRequest(string member, TestMember key, KeyRole role) =>
        new()
        {
            MemberId = member,
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            Role = role,
        };

    private static async Task<List<string>> Owners(Reporter reader, Token token)
    {
        var answer = await reader.Check([token]);
        var owners = answer.Hits.SelectMany(hit => hit.Verdict.Signals).Select(signal => signal.Owner);
        return [.. owners.Order(StringComparer.Ordinal)];
    }

    private static async Task<CheckResponse> Ask(
        AsyncDuplexStreamingCall<CheckStreamRequest, CheckStreamResponse> stream,
        CheckRequest request
    )
    {
        await stream.RequestStream.WriteAsync(new CheckStreamRequest { BatchNumber = 1, Batch = request }, Ct);
        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        return stream.ResponseStream.Current.Batch;
    }

    private static SetGroupRequest GroupOf(string group, params string[] members) =>
        new()
        {
            GroupId = group,
            Members =
            {
                members.Select(member => new GroupMember
                {
                    MemberId = member,
                    CanSee = true,
                    CanUse = true,
                }),
            },
        };

    private static Audience Amber(string group) => new() { ShareLevel = ShareLevel.Amber, GroupIds = { group } };

    private Task<(ErrorReason Reason, StatusCode Code)> Refused(Func<Task> call) => exchange.Refusal(call);
}
