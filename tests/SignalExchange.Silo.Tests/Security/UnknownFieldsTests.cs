using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Contracts;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>No method takes a field that the contract does not have: each looks at its message before it does anything.</summary>
public sealed class UnknownFieldsTests(RolesFixture roles) : IClassFixture<RolesFixture>
{
    private const int NoField = 15_000;

    public static TheoryData<string> Methods => [.. ContractFiles.Methods.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Every_method_refuses_a_field_that_the_contract_does_not_have(string method)
    {
        var caller = MethodRoles.All.TryGetValue(method, out var allowed) ? roles[allowed[0]] : null;

        var (reason, code, _) = await RpcErrors.Of(() => roles.Exchange.InvokerFor(caller).Call(method, Smuggling()));

        Assert.Equal((ErrorReason.FieldUnknown, StatusCode.InvalidArgument), (reason, code));
    }

    private static byte[] Smuggling()
    {
        using var buffer = new MemoryStream();
        using (var message = new CodedOutputStream(buffer, leaveOpen: true))
        {
            message.WriteTag(NoField, WireFormat.WireType.LengthDelimited);
            message.WriteString("what nobody may hand on");
        }

        return buffer.ToArray();
    }
}
