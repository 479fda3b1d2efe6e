using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Operators;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>The page on policy says when details are destroyed, as the silo is configured.</summary>
public sealed class ShredDelayTests : PageContext
{
    [Theory]
    [InlineData("1.00:00:00", "destroyed a day later")]
    [InlineData("30.00:00:00", "destroyed 30 days later")]
    [InlineData("2.12:00:00", "destroyed 60 hours later")]
    [InlineData("01:00:00", "destroyed an hour later")]
    [InlineData("01:30:00", "destroyed 90 minutes later")]
    [InlineData("", "destroyed after the delay that is configured")]
    public void A_months_key_is_destroyed_after_the_delay(string delay, string says)
    {
        Exchange.Answer("GetPolicy", new GetPolicyResponse { Policy = new() });
        Exchange.Answer(
            "ListSettings",
            new ListSettingsResponse
            {
                Settings =
                {
                    new SettingInForce { Name = "exchange.accesslog.shreddelay", Value = delay },
                },
            }
        );

        var page = Render<PolicyPage>();

        Assert.Contains(says, page.Markup, StringComparison.Ordinal);
    }
}
