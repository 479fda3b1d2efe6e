using NetArchTest.Rules;
using SignalExchange.Grains.Storage;

namespace SignalExchange.Architecture.Tests;

/// <summary>Rules decide; grains hold state. A rule that knew a grain could not be run by itself.</summary>
public sealed class PureRulesTests
{
    [Theory]
    [InlineData("IndicatorLedger")]
    [InlineData("QuotaLedger")]
    [InlineData("TokenQuotaLedger")]
    [InlineData("MemberRules")]
    [InlineData("KeyRules")]
    [InlineData("GroupRules")]
    [InlineData("EnrolmentRules")]
    [InlineData("FourEyes")]
    [InlineData("PersonRules")]
    [InlineData("PersonCodes")]
    [InlineData("ProviderRules")]
    [InlineData("Operators")]
    public void A_rule_of_the_grains_knows_no_runtime(string rule)
    {
        var types = Types.InAssembly(typeof(StateWriteException).Assembly).That().HaveName(rule);

        var result = types
            .ShouldNot()
            .HaveDependencyOnAny("Orleans", "Microsoft", "SignalExchange.Storage")
            .GetResult();

        Assert.Single(types.GetTypes());
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
