using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Every page that somebody opens is recorded, whatever it asks the exchange for.</summary>
public sealed class PageViewTests : PageContext
{
    private static readonly KeyRole[] Roles = [KeyRole.Operator, KeyRole.Auditor, KeyRole.MemberAdministrator];

    /// <summary>Every page with each role of people.</summary>
    public static TheoryData<string, KeyRole> Views
    {
        get
        {
            var views = new TheoryData<string, KeyRole>();
            foreach (
                var route in typeof(App).Assembly.GetTypes().SelectMany(it => it.GetCustomAttributes<RouteAttribute>())
            )
            {
                Array.ForEach(Roles, role => views.Add(route.Template, role));
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_page_that_is_opened_is_recorded_and_so_is_one_that_is_refused(string route, KeyRole role)
    {
        As(role);
        var page = typeof(App)
            .Assembly.GetTypes()
            .Single(it => it.GetCustomAttributes<RouteAttribute>().Any(named => named.Template == route));
        Navigation.NavigateTo(
            route
                .Replace("{MemberId}", "platform-a", StringComparison.Ordinal)
                .Replace("{Index:long}", "1", StringComparison.Ordinal)
        );

        Render<Routes>();

        var name = route.Split("/{")[0];
        Assert.Equal((name, PageForAttribute.Of(page).Contains(role)), Viewed.First());
    }

    [Fact]
    public void One_page_after_another_is_recorded_and_the_same_with_another_filter_is_not()
    {
        As(KeyRole.Auditor);
        Navigation.NavigateTo("/console/log/lookups");
        Render<Routes>();

        Navigation.NavigateTo("/console/log/export");
        Navigation.NavigateTo("/console/log/export?format=Csv");
        Navigation.NavigateTo("/console/log/4");
        Navigation.NavigateTo("/console/log/5");

        Assert.Equal(
            ["/console/log/lookups", "/console/log/export", "/console/log", "/console/log"],
            Viewed.Select(it => it.Page)
        );
    }

    [Fact]
    public void A_page_that_cannot_be_recorded_is_not_shown()
    {
        As(KeyRole.Auditor);
        RefuseViews(new Refusal(ErrorReason.LogUnavailable).ToRpcException());
        Navigation.NavigateTo("/console/log/lookups");

        var shown = Render<Routes>();

        shown.WaitForElement("[role=alert]");
        Assert.DoesNotContain("Whose trail?", shown.Markup, StringComparison.Ordinal);
    }
}
