using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>An exchange, and a key of every role.</summary>
public sealed class RolesFixture : IAsyncLifetime
{
    private readonly Dictionary<KeyRole, TestMember> _inRole = [];

    public ExchangeFixture Exchange { get; } = new();

    public TestMember this[KeyRole role] => _inRole[role];

    public async ValueTask InitializeAsync()
    {
        await Exchange.InitializeAsync();
        _inRole[KeyRole.Operator] = Exchange.Operator;
        _inRole[KeyRole.MemberBackend] = await Exchange.AddMember("has-roles");
        await AddKey("has-roles", KeyRole.MemberAdministrator);
        await AddKey("consortium", KeyRole.Auditor);
        await AddKey("consortium", KeyRole.KeyCustodian);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, key) in _inRole)
        {
            key.Dispose();
        }

        await Exchange.DisposeAsync();
    }

    private async Task AddKey(string member, KeyRole role)
    {
        var key = _inRole[role] = new TestMember(member);
        await new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = member,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
                Role = role,
            }
        );
    }
}
