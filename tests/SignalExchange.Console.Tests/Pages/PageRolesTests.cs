using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Which role may open which page: what the pages say, what the documentation says, and what the exchange does.</summary>
public sealed class PageRolesTests(PageRolesTests.Roles roles) : IClassFixture<PageRolesTests.Roles>
{
    private static readonly Dictionary<string, IReadOnlyList<KeyRole>> Pages = typeof(App)
        .Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, Page: type)))
        .ToDictionary(it => it.Template, it => PageForAttribute.Of(it.Page), StringComparer.Ordinal);

    public static TheoryData<string> Routes => [.. Pages.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_page_says_who_it_is_for() => Assert.Empty(Pages.Where(page => page.Value.Count == 0));

    [Fact]
    public void The_table_of_the_documentation_is_what_the_pages_say()
    {
        var documented = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "silo-README.md"))
            .Where(line => line.StartsWith("| `/console", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);
        var coded = Pages.ToDictionary(page => page.Key, page => string.Join(", ", page.Value.Order().Select(Name)));

        Assert.Equal(coded.OrderBy(row => row.Key), documented.OrderBy(row => row.Key));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_opens_for_its_roles_and_is_refused_to_the_others_and_to_nobody(string route)
    {
        var path = route
            .Replace("{MemberId}", "platform-a", StringComparison.Ordinal)
            .Replace("{Index:long}", "1", StringComparison.Ordinal);
        foreach (var (role, person) in roles.People)
        {
            var status = (await person.Http.GetAsync(path, Ct)).StatusCode;
            Assert.Equal(Pages[route].Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
        }

        using var nobody = new ConsolePerson(roles.Address, "nobody");
        var answer = await nobody.Http.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(
            $"{roles.Address}console/sign-in?returnUrl=",
            answer.Headers.Location?.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_auditors_link_that_an_operator_opens_is_refused_and_recorded()
    {
        var answer = await roles.Olga.Http.GetAsync("/console/log/7?member=<script>", Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var entry = await roles.LastEntry("/console/log");
        Assert.Equal((ErrorReason.RoleNotAllowed, "consortium"), (entry.Reason, entry.Actor.MemberId));
    }

    private static string Name(KeyRole role) =>
        MemberReflection.Descriptor.EnumTypes.Single(it => it.Name == "KeyRole").FindValueByNumber((int)role).Name[
            "KEY_ROLE_".Length..
        ];

    /// <summary>One person of each role.</summary>
    public sealed class Roles : ConsoleFixture
    {
        public Dictionary<KeyRole, ConsolePerson> People { get; } = [];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            using TestMember member = await Exchange.AddMember("platform-a");
            People[KeyRole.Operator] = Olga;
            People[KeyRole.Auditor] = await Enrol("anna", KeyRole.Auditor);
            People[KeyRole.MemberAdministrator] = await Enrol("marc", KeyRole.MemberAdministrator, "platform-a");
        }
    }
}
