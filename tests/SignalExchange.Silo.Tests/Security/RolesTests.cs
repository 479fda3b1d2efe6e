using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>The table of who may call what, tried out: every method called in every role, and in none.</summary>
public sealed class RolesTests(RolesFixture roles) : IClassFixture<RolesFixture>
{
    public static TheoryData<string> Methods => [.. MethodRoles.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_method_is_open_to_the_roles_of_the_table_and_closed_to_all_others(string method)
    {
        foreach (var role in Enum.GetValues<KeyRole>().Where(role => role != KeyRole.Unspecified))
        {
            var (reason, code) = await Ask(roles[role], method);

            // Whoever may call it is answered, or told what is wrong with an empty message.
            var isRefused = (reason, code) == (ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied);
            Assert.True(
                isRefused != MethodRoles.IsAllowed(method, role),
                $"{role} calling {method} got {code}, {reason}."
            );
        }

        Assert.Equal((ErrorReason.CredentialsMissing, StatusCode.Unauthenticated), await Ask(null, method));
    }

    private async Task<(ErrorReason Reason, StatusCode Code)> Ask(TestMember? caller, string method)
    {
        try
        {
            await roles.Exchange.InvokerFor(caller).Call(method, []);
            return (ErrorReason.Unspecified, StatusCode.OK);
        }
        catch (RpcException failure)
        {
            return (RefusalReader.ReasonOf(failure), failure.StatusCode);
        }
    }
}
