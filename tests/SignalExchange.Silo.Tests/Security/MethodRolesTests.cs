using Google.Protobuf.Reflection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;
using SignalExchange.TestKit.Contracts;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>The table of who may call what: the code's, the documentation's and the services' own are one.</summary>
public sealed class MethodRolesTests
{
    private const string Enrolment = "/signalexchange.v1.MemberService/EnrolMember";

    private static readonly EnumDescriptor KeyRoleDescriptor = MemberReflection.Descriptor.EnumTypes.Single(it =>
        it.Name == "KeyRole"
    );

    [Fact]
    public void Every_method_of_the_contract_stands_in_the_table()
    {
        Assert.True(ContractFiles.Services.Count() >= 6);
        Assert.Equal([Enrolment], ContractFiles.Methods.Except(MethodRoles.All.Keys));
    }

    [Fact]
    public void The_table_of_the_documentation_is_the_codes()
    {
        var documented = Documented().Where(row => row.Value != "anonymous").ToDictionary();
        var coded = MethodRoles.All.ToDictionary(
            row => row.Key,
            row => string.Join(", ", row.Value.Order().Select(Name))
        );

        Assert.Equal(coded.OrderBy(row => row.Key), documented.OrderBy(row => row.Key));
    }

    [Fact]
    public void Nothing_but_health_and_enrolment_is_anonymous() =>
        Assert.All(
            Documented().Where(row => row.Value == "anonymous" && row.Key != Enrolment),
            row => Assert.StartsWith("/grpc.health.v1.Health/", row.Key, StringComparison.Ordinal)
        );

    [Fact]
    public void A_method_that_nobody_named_is_refused_to_everybody() =>
        Assert.All(
            Enum.GetValues<KeyRole>(),
            role => Assert.False(MethodRoles.IsAllowed("/signalexchange.v1.SignalService/New", role))
        );

    private static string Name(KeyRole role) =>
        KeyRoleDescriptor.FindValueByNumber((int)role).Name["KEY_ROLE_".Length..];

    private static Dictionary<string, string> Documented() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "silo-README.md"))
            .Where(line =>
                line.StartsWith("| `/", StringComparison.Ordinal)
                && !line.StartsWith("| `/console", StringComparison.Ordinal)
            )
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);
}
