using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>The table of who may call what, tried out: every method called in every role, and in none, each call recorded.</summary>
public sealed class RolesTests(RolesFixture roles) : IClassFixture<RolesFixture>
{
    public static TheoryData<string> Methods => [.. MethodRoles.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_method_is_open_to_the_roles_of_the_table_and_closed_to_all_others_and_every_call_is_an_entry(
        string method
    )
    {
        foreach (var role in Enum.GetValues<KeyRole>().Where(role => role != KeyRole.Unspecified))
        {
            var (reason, code) = await Ask(role, method);

            // Whoever may call it is answered, or told what is wrong with an empty message.
            var isRefused = (reason, code) == (ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied);
            Assert.True(
                isRefused != MethodRoles.IsAllowed(method, role),
                $"{role} calling {method} got {code}, {reason}."
            );
        }

        Assert.Equal(
            (ErrorReason.CredentialsMissing, StatusCode.Unauthenticated),
            await Ask(KeyRole.Unspecified, method)
        );
    }

    // Calls in a role, or without credentials for none, and finds the call in the log: who made it and what it was told.
    private async Task<(ErrorReason Reason, StatusCode Code)> Ask(KeyRole role, string method)
    {
        var caller = role == KeyRole.Unspecified ? null : roles[role];
        var before = roles.Exchange.Log.Size;

        var (reason, code) = await Call(caller, method);

        var entries = await roles.Exchange.EntriesSince(before); // but for those of acts that were only begun
        var entry = Assert.Single(entries, it => it.Method == method);
        Assert.Equal((caller?.MemberId ?? "", role), (entry.Actor.MemberId, entry.Actor.Role));
        Assert.Equal((reason, (uint)code), (entry.Reason, entry.StatusCode));
        return (reason, code);
    }

    private async Task<(ErrorReason Reason, StatusCode Code)> Call(TestMember? caller, string method)
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
