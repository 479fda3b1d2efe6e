using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Signals;

public sealed class VisibilityTests
{
    [Theory]
    [InlineData(ShareLevel.Clear, new string[0], true)]
    [InlineData(ShareLevel.Green, new string[0], true)]
    [InlineData(ShareLevel.Amber, new string[0], false)]
    [InlineData(ShareLevel.Red, new string[0], false)]
    [InlineData(ShareLevel.Green, new[] { "ring" }, true)]
    [InlineData(ShareLevel.Green, new[] { "others" }, false)]
    [InlineData(ShareLevel.Amber, new[] { "others", "ring" }, true)]
    [InlineData(ShareLevel.AmberStrict, new[] { "ring" }, true)]
    [InlineData(ShareLevel.Red, new[] { "others" }, false)]
    public void Groups_say_who_sees_and_without_groups_the_level_does(ShareLevel level, string[] groups, bool sees)
    {
        var signal = SignalFor("owner", level, groups);

        Assert.Equal(sees, Visibility.CanSee(signal, Callers.Of("reader", "ring", "circle")));
    }

    [Theory]
    [InlineData(ShareLevel.Red)]
    [InlineData(ShareLevel.Unspecified)]
    public void Ones_own_is_always_visible(ShareLevel level) =>
        Assert.True(Visibility.CanSee(SignalFor("reader", level, ["others"]), Callers.Of("reader")));

    private static Signal SignalFor(string owner, ShareLevel level, string[] groups) =>
        new()
        {
            Owner = owner,
            Statement = new SignalStatement
            {
                Audience = new Audience { ShareLevel = level, GroupIds = { groups } },
            },
        };
}
