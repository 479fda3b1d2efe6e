using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>What one operator of two might try against the other one, by the services.</summary>
public sealed class AttackTests(AttackTests.TwoOperators two) : IClassFixture<AttackTests.TwoOperators>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ExchangeFixture Exchange => two.Exchange;

    [Fact]
    public async Task An_operators_own_second_key_passes_for_nobodys_auditor_key()
    {
        using var own = new TestMember("consortium");
        var before = Exchange.Log.Size;
        var asked = (await two.AddKey(own, KeyRole.Operator)).Pending;
        var blind = new ApproveActRequest { ApprovalId = asked.ApprovalId };
        var misled = asked.Clone();
        misled.Changes.Single(it => it.Setting == "member.key").NewValue = $"{own.Thumbprint}/Auditor";

        Assert.Contains($"{own.Thumbprint}/Operator", asked.Changes.Select(it => it.NewValue));
        Assert.Equal(
            (ErrorReason.ApprovalNotShown, StatusCode.FailedPrecondition),
            await Exchange.Refusal(() => two.Approve(blind))
        );
        Assert.Equal(
            ErrorReason.ApprovalNotShown,
            (await Exchange.Refusal(() => two.Approve(Consents.To(misled)))).Reason
        );
        var entry = (await Exchange.EntriesSince(before)).First(it =>
            it.Method.EndsWith("AddMemberKey", StringComparison.Ordinal)
        );
        Assert.Contains(
            ("asked.member.key", $"{own.Thumbprint}/Operator"),
            entry.Changes.Select(it => (it.Setting, it.NewValue))
        );
    }

    [Fact]
    public async Task An_operator_alone_adds_no_key_to_a_member_and_so_reads_nothing_as_it()
    {
        using var own = new TestMember("platform-a");

        var asked = await two.AddKey(own, KeyRole.MemberBackend);

        Assert.Equal((ApprovalAct.AddKey, "platform-a"), (asked.Pending.Act, asked.Pending.MemberId));
        var keys = new Contracts.V1.KeyService.KeyServiceClient(Exchange.InvokerFor(own));
        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Exchange.Refusal(() => keys.GetKeyManifestsAsync(new(), cancellationToken: Ct).ResponseAsync)).Code
        );
        await two.Approve(Consents.To(asked.Pending));
        Assert.NotEmpty((await keys.GetKeyManifestsAsync(new(), cancellationToken: Ct)).Manifests);
    }

    [Theory]
    [InlineData("mallory", KeyRole.Operator, "consortium")]
    [InlineData("marc", KeyRole.MemberAdministrator, "platform-a")]
    public async Task Whoever_asks_for_an_account_is_given_half_of_its_code_and_who_approves_the_other_half(
        string login,
        KeyRole role,
        string member
    )
    {
        var people = new PersonService.PersonServiceClient(Exchange.InvokerFor(Exchange.Operator));
        var request = new InvitePersonRequest
        {
            Login = login,
            Role = role,
            MemberId = member,
        };
        var asked = await people.InvitePersonAsync(request, cancellationToken: Ct);

        var approved = await two.Approve(Consents.To(asked.Pending));
        var again = await two.Approve(Consents.To(asked.Pending));

        Assert.Equal((29, 29), (asked.Code.Length, approved.Code.Length));
        Assert.NotEqual(asked.Code, approved.Code);
        Assert.Equal(("", approved.Approval), (again.Code, again.Approval));
    }

    [Fact]
    public async Task Listed_again_an_approval_is_approved_as_it_is_listed()
    {
        var members = new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator));
        var group = new SetGroupRequest { GroupId = "listed-ring", Members = { Part("platform-a") } };
        var asked = (await members.SetGroupAsync(group, cancellationToken: Ct)).Pending;
        group.Members.Add(Part("platform-b"));
        var other = (await members.SetGroupAsync(group, cancellationToken: Ct)).Pending;
        await two.Approve(Consents.To(other));

        Assert.Equal(
            ErrorReason.ApprovalNotShown,
            (await Exchange.Refusal(() => two.Approve(Consents.To(asked)))).Reason
        );
        var listed = await two.Approvals.ListApprovalsAsync(
            new() { State = ApprovalState.Pending },
            cancellationToken: Ct
        );
        var now = listed.Approvals.Single(it => it.ApprovalId == asked.ApprovalId);
        Assert.Equal(["listed-ring/platform-b/see"], now.Changes.Select(it => it.OldValue));
        Assert.Equal(ApprovalState.Approved, (await two.Approve(Consents.To(now))).Approval.State);
    }

    private static GroupMember Part(string member) => new() { MemberId = member, CanSee = true };

    /// <summary>An exchange with two operators and two members.</summary>
    public sealed class TwoOperators : IAsyncLifetime
    {
        private readonly TestMember _second = new("consortium");

        public ExchangeFixture Exchange { get; } = new();

        public ApprovalService.ApprovalServiceClient Approvals => new(Exchange.InvokerFor(_second));

        public async ValueTask InitializeAsync()
        {
            await Exchange.InitializeAsync();
            await Exchange.AddMember("platform-a");
            await Exchange.AddMember("platform-b");
            await AddKey(_second, KeyRole.Operator);
        }

        public async ValueTask DisposeAsync()
        {
            await Exchange.DisposeAsync();
            _second.Dispose();
        }

        /// <summary>Approves by the second operator.</summary>
        public async Task<ApproveActResponse> Approve(ApproveActRequest consent) =>
            await Approvals.ApproveActAsync(consent, cancellationToken: Ct);

        /// <summary>Adds a key by the first one.</summary>
        public async Task<AddMemberKeyResponse> AddKey(TestMember key, KeyRole role) =>
            await new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator)).AddMemberKeyAsync(
                new()
                {
                    MemberId = key.MemberId,
                    PublicKey = ByteString.CopyFrom(key.PublicKey),
                    Role = role,
                },
                cancellationToken: Ct
            );
    }
}
