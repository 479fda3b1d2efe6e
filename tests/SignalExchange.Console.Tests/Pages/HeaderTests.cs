using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>What the browser is told not to do, on every answer.</summary>
public sealed class HeaderTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console/sign-in")]
    [InlineData("/console/overview")]
    [InlineData("/console/no-such-page")]
    [InlineData("/_content/SignalExchange.Console/console.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/")]
    public async Task Every_answer_forbids_scripts_of_others_frames_sniffing_and_telling_where_one_was(string path)
    {
        var answer = await console.Olga.Http.GetAsync(path, Ct);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/console/sign-in")]
    [InlineData("/console/sign-in/code")]
    [InlineData("/console/overview")]
    public async Task No_page_has_a_script_or_a_handler_in_it_or_anything_of_another_host(string path)
    {
        var page = await console.Olga.Http.GetStringAsync(path, Ct);

        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc="")", page);
        Assert.DoesNotMatch(@"\son[a-z]+\s*=", page);
        Assert.DoesNotMatch(@"(src|href|action)=""(https?:)?//", page);
    }

    [Fact]
    public async Task A_page_of_a_session_is_kept_nowhere()
    {
        var answer = await console.Olga.Http.GetAsync("/console/overview", Ct);

        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_longer_than_any_is_refused_and_the_console_lives()
    {
        var answer = await console.Olga.Http.GetAsync($"/console/log?member={new string('a', 20_000)}", Ct);

        Assert.Equal(System.Net.HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        Assert.True((await console.Olga.Http.GetAsync("/console/overview", Ct)).IsSuccessStatusCode);
    }
}
