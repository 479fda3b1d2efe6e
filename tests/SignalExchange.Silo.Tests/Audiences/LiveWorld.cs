using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Disputes;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Silo.Tests.Templates;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Silo.Tests.Audiences;

/// <summary>A random world on a running exchange: its members, groups and laws set by the operator, its statements submitted by their owners.</summary>
/// <param name="exchange">The exchange.</param>
/// <param name="world">The world.</param>
/// <param name="number">Keeps the names of several worlds on one exchange apart.</param>
internal sealed class LiveWorld(ExchangeFixture exchange, World world, int number) : IDisposable
{
    private readonly Dictionary<string, TestMember> _members = [];
    private readonly Dictionary<(int Index, string Owner), ByteString> _signals = [];
    private readonly List<LiveDispute> _disputes = [];

    /// <summary>Gets the first indicators as ads.</summary>
    public LiveAds Ads => field ??= new(this, world);

    /// <summary>Gets each indicator's token, in the world's order.</summary>
    public IReadOnlyList<Token> Tokens { get; private set; } = [];

    /// <summary>Gets the disputes that were raised.</summary>
    public IReadOnlyList<LiveDispute> Disputes => _disputes;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemberService.MemberServiceClient Operator => new(exchange.InvokerFor(exchange.Operator));

    /// <summary>Makes it all true.</summary>
    public async Task Begin()
    {
        var policy = new Policy { DeliveryRules = { world.Laws.Select(law => law.ToRule()) } };
        await new PolicyService.PolicyServiceClient(exchange.InvokerFor(exchange.Operator)).SetPolicyAsync(
            new() { Policy = policy },
            cancellationToken: Ct
        );
        foreach (var member in world.Members)
        {
            _members[member.Name] = await Join(member);
        }

        foreach (var group in World.Groups)
        {
            await Operator.SetGroupAsync(GroupOf(group), cancellationToken: Ct);
        }

        await SayAll();
        await DisputeAll();
        await Ads.Begin();
        foreach (var gone in world.Members.Where(member => member.HasWithdrawn))
        {
            await Operator.OffboardMemberAsync(
                new() { MemberId = NameOf(gone), Signals = OffboardedSignals.Withdraw },
                cancellationToken: Ct
            );
        }
    }

    /// <summary>Returns a member as a caller.</summary>
    public Reporter As(WorldMember member) => new(exchange.InvokerFor(_members[member.Name]));

    /// <summary>Returns a member as one who disputes.</summary>
    public DisputeSide Disputing(WorldMember member) => new(exchange.InvokerFor(_members[member.Name]));

    /// <summary>Returns a member as one who asks about ads.</summary>
    public AdReporter Advertised(WorldMember member) => new(exchange.InvokerFor(_members[member.Name]));

    /// <summary>Returns the id of an owner's signal on an indicator.</summary>
    public ByteString SignalOf(int index, Said said) => _signals[(index, said.Owner.Name)];

    /// <summary>Returns the statement with the groups that the exchange knows by this world's names.</summary>
    public SignalStatement StatementOf(Said said)
    {
        var statement = said.ToStatement(Reporter.Now);
        var groups = statement.Audience.GroupIds.Select(GroupName).ToList();
        statement.Audience.GroupIds.Clear();
        statement.Audience.GroupIds.Add(groups);
        return statement;
    }

    /// <summary>Returns a member's name on the exchange.</summary>
    public string NameOf(WorldMember member) => $"world-{number}-{member.Name}";

    /// <summary>Returns what the world calls a member or group.</summary>
    public string PlainNameOf(string name) => name.Replace($"world-{number}-", "", StringComparison.Ordinal);

    public void Dispose()
    {
        foreach (var (_, member) in _members)
        {
            member.Dispose();
        }
    }

    private string GroupName(string group) => $"world-{number}-{group}";

    private async Task<TestMember> Join(WorldMember member)
    {
        var key = new TestMember(NameOf(member));
        if (member.IsTest)
        {
            await Enrol(key);
            return key;
        }

        var request = new AddMemberRequest
        {
            MemberId = key.MemberId,
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            Jurisdictions = { member.Countries },
        };
        await Operator.AddMemberAsync(request, cancellationToken: Ct);
        return key;
    }

    private async Task Enrol(TestMember key)
    {
        var invitation = new InviteMemberRequest
        {
            MemberId = key.MemberId,
            Agreement = "agreement-1",
            Jurisdictions = { "DE" },
        };
        var request = new EnrolMemberRequest
        {
            MemberId = key.MemberId,
            EnrolmentCode = (await Operator.InviteMemberAsync(invitation, cancellationToken: Ct)).EnrolmentCode,
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            Agreement = "agreement-1",
        };
        request.Signature = ByteString.CopyFrom(key.SignBytes(EnrolmentProof.MessageOf(request)));
        await Operator.EnrolMemberAsync(request, cancellationToken: Ct);
    }

    // Everybody may share with every group; who sees is the world's to say.
    private SetGroupRequest GroupOf(string group) =>
        new()
        {
            GroupId = GroupName(group),
            Members =
            {
                world.Members.Select(member => new GroupMember
                {
                    MemberId = NameOf(member),
                    CanSee = member.Sees.Contains(group),
                    CanUse = true,
                }),
            },
        };

    private async Task SayAll()
    {
        var speaker = As(world.Members[0]);
        var elements = await speaker.ManyElements(world.Indicators.Count);
        var tokens = new List<Token>();
        foreach (var element in elements)
        {
            tokens.Add(await speaker.TokenOf(element));
        }

        Tokens = tokens;
        foreach (var owner in world.Members)
        {
            var own = world
                .Indicators.Index()
                .Select(it => (it.Index, Said: it.Item.FirstOrDefault(said => said.Owner.Name == owner.Name)))
                .Where(it => it.Said is not null)
                .ToList();
            await Say(As(owner), own, elements);
        }
    }

    private async Task Say(Reporter owner, List<(int Index, Said? Said)> own, IReadOnlyList<ByteString> elements)
    {
        if (own.Count == 0)
        {
            return;
        }

        var results = await owner.Submit([.. own.Select(it => SubmissionOf(it.Said!, elements[it.Index]))]);
        Assert.All(results, it => Assert.Null(it.Error));
        foreach (var ((index, said), result) in own.Zip(results))
        {
            _signals[(index, said!.Owner.Name)] = result.Accepted.SignalId;
        }

        var withdrawals = own.Where(it => it.Said!.IsWithdrawn).Select(it => Tokens[it.Index]).ToArray();
        if (withdrawals.Length > 0)
        {
            Assert.All(await owner.Withdraw(withdrawals), it => Assert.Null(it.Error));
        }
    }

    private Submission SubmissionOf(Said said, ByteString element)
    {
        var submission = Reporter.SubmissionOf(element);
        submission.Statement = StatementOf(said);
        return submission;
    }

    // Each by another of those who are told of it.
    private async Task DisputeAll()
    {
        foreach (var (index, all) in world.Indicators.Index())
        {
            foreach (var said in all.Where(it => it.IsDisputed))
            {
                var able = world.DisputersOf(said).ToList();
                var by = able[index % able.Count];
                await DisputeFixture.Raise(Disputing(by), Tokens[index], SignalOf(index, said));
                _disputes.Add(new(SignalOf(index, said), by.Name, said.Owner.Name));
            }
        }
    }
}
