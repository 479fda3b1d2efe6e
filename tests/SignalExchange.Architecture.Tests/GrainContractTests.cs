using System.Reflection;

namespace SignalExchange.Architecture.Tests;

/// <summary>What travels between silos keeps its name and its numbers, so that two versions understand each other.</summary>
public sealed class GrainContractTests
{
    private static readonly Type[] Types =
    [
        .. new[] { "Grains", "Index", "Clustering", "Silo" }.SelectMany(project =>
            Assembly.Load("SignalExchange." + project).GetTypes()
        ),
    ];

    private static IEnumerable<Type> GrainInterfaces =>
        Types.Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type));

    private static IEnumerable<Type> Serializable =>
        Types.Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null);

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias()
    {
        var members = GrainInterfaces.Cast<MemberInfo>().Concat(GrainInterfaces.SelectMany(type => type.GetMethods()));

        Assert.Empty(members.Where(member => member.GetCustomAttribute<AliasAttribute>() is null));
    }

    [Fact]
    public void Every_serialisable_type_has_an_alias() =>
        Assert.Empty(Serializable.Where(type => type.GetCustomAttribute<AliasAttribute>() is null));

    [Fact]
    public void Every_serialised_property_has_a_number()
    {
        var unnumbered = Serializable
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            )
            .Where(property => property.CanWrite && property.GetCustomAttribute<IdAttribute>() is null);

        Assert.Empty(unnumbered);
    }
}
