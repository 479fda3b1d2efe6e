using SignalExchange.Cli.Options;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Tests.Options;

public sealed class EnumTextTests
{
    [Theory]
    [InlineData("CSE_GROOMING")]
    [InlineData("cse-grooming")]
    [InlineData("CseGrooming")]
    public void People_type_values_as_they_like(string text) =>
        Assert.Equal(ExploitationCategory.CseGrooming, EnumText.Parse<ExploitationCategory>(text));

    [Theory]
    [InlineData("")]
    [InlineData("unspecified")]
    [InlineData("grooming")]
    public void What_is_no_value_is_refused_with_the_list(string text) =>
        Assert.Contains(
            "CseGrooming",
            Assert.Throws<UsageException>(() => EnumText.Parse<ExploitationCategory>(text)).Message,
            StringComparison.Ordinal
        );
}
