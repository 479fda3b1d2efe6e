using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Forwarding;
using SignalExchange.Silo.SignIn;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>Each silo writes a log of its own; one console shows them all.</summary>
public sealed class SeveralSilosTests(BrowserFixture browser, SeveralSilos exchange) : IClassFixture<SeveralSilos>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_reads_verifies_and_exports_the_log_of_another_silo()
    {
        await using var window = await browser.Open(exchange.Anna, exchange.Console);
        await window.Go("/console/log");
        await Assertions.Expect(window.Page.GetByText("/log/silo-0")).ToBeVisibleAsync();

        await window.Page.GetByLabel("Log of").SelectOptionAsync("silo-2");

        await Assertions.Expect(window.Page.GetByText("/log/silo-2")).ToBeVisibleAsync();
        await window.MustBeAccessible();
        await window.Page.Locator("tbody tr a").First.ClickAsync();
        await Assertions.Expect(window.Page.GetByText("is the root of")).ToBeVisibleAsync();
        await window.Go("/console/log/integrity?log=silo-2");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("hash to the root that was signed")).ToBeVisibleAsync();
        await window.Go("/console/log/export?log=silo-2");
        var download = await window.Page.RunAndWaitForDownloadAsync(() =>
            window.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync()
        );
        Assert.NotEmpty(await File.ReadAllLinesAsync((await download.PathAsync())!, Ct));
    }

    [Theory]
    [InlineData("/console/alarms", "What the rules found", "Log of")] // whether they found something is the hour's
    [InlineData("/console/log/reviews", "Nothing was judged yet", "Log of")]
    [InlineData("/console/log/usage", "the exchange", "Log of")]
    [InlineData("/console/log/lookups", "Whose trail?", "Log of")]
    [InlineData("/console/settings", "log/silo-1 runs with", "Silo")]
    public async Task Every_page_about_a_log_shows_that_which_its_address_names(string path, string shows, string label)
    {
        await using var window = await browser.Open(exchange.Anna, exchange.Console);

        await window.Go($"{path}?log=silo-1");

        await window.Page.GetByText(shows).First.WaitForAsync();
        await Assertions.Expect(window.Page.GetByLabel(label, new() { Exact = true })).ToHaveValueAsync("silo-1");
        Assert.Equal(0, await window.Overflow());
    }

    [Fact]
    public async Task A_name_of_ten_thousand_characters_is_no_log_and_breaks_no_page()
    {
        await using var window = await browser.Open(exchange.Anna, exchange.Console, width: 390);

        await window.Go($"/console/alarms?log={new string('a', 10_000)}");

        await window.Page.GetByText("does not answer").First.WaitForAsync();
        Assert.Equal(0, await window.Overflow());
    }

    [Fact]
    public async Task A_call_at_another_silo_is_an_entry_of_that_silos_log_as_the_persons()
    {
        var (audit, _) = await exchange.From("anna", "silo-1");
        var before = await audit.GetCheckpointAsync(new(), cancellationToken: Ct);

        Assert.Contains("/log/silo-1\n", before.Checkpoint, StringComparison.Ordinal);
        var found = await Until(audit, new() { Method = "/signalexchange.v1.AuditService/GetCheckpoint" });
        var entry = await audit.GetEntryAsync(new() { Index = found.Entries[0].Index }, cancellationToken: Ct);
        Assert.Equal(
            (ActorKind.Person, KeyRole.Auditor, "consortium"),
            (entry.Detail.Actor.Kind, entry.Detail.Actor.Role, entry.Detail.Actor.MemberId)
        );
    }

    [Fact]
    public async Task A_refusal_comes_back_with_its_reason()
    {
        var (audit, _) = await exchange.From("anna", "silo-1");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await audit.GetEntryAsync(new() { Index = 1_000_000 }, cancellationToken: Ct)
        );

        Assert.Equal(ErrorReason.EntryNotFound, Problem.Of(refusal).Reason);
    }

    [Fact]
    public async Task A_session_that_is_over_is_over_at_every_silo()
    {
        var (audit, session) = await exchange.From("anna", "silo-2");
        await audit.GetCheckpointAsync(new(), cancellationToken: Ct);
        var sessions = exchange.Cluster.Silos[2].Services.GetRequiredService<Sessions>();

        await sessions.Close(session.Account, session.Session);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await audit.GetCheckpointAsync(new(), cancellationToken: Ct)
        );
        Assert.Equal(ErrorReason.SessionEnded, Problem.Of(refusal).Reason);
    }

    [Fact]
    public async Task A_log_that_no_silo_writes_is_answered_for_by_none()
    {
        var (audit, _) = await exchange.From("anna", "silo-9");

        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await audit.GetCheckpointAsync(new(), cancellationToken: Ct)
        );

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    public async Task A_stream_that_is_left_half_read_ends_at_the_other_silo_too()
    {
        var (audit, _) = await exchange.From("anna", "silo-1");
        using (var left = audit.VerifyLog(new(), cancellationToken: Ct))
        {
            Assert.True(await left.ResponseStream.MoveNext(Ct));
        }

        // One at a time on a silo: it begins anew once the other has ended, which nobody waits for.
        Assert.True((await VerifyInTurn(audit)).IsIntact);
    }

    private static async Task<VerifyLogResponse> VerifyInTurn(AuditService.AuditServiceClient audit) =>
        (
            await TestKit.Eventually.ResultAsync(
                () => Verify(audit),
                last => last is { IsDone: true },
                "the one that was left has ended"
            )
        )!;

    private static async Task<VerifyLogResponse?> Verify(AuditService.AuditServiceClient audit)
    {
        using var verification = audit.VerifyLog(new(), cancellationToken: Ct);
        VerifyLogResponse? last = null;
        try
        {
            while (await verification.ResponseStream.MoveNext(Ct))
            {
                last = verification.ResponseStream.Current;
            }
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted)
        {
            return null;
        }

        return last;
    }

    [Fact]
    public async Task One_stream_more_than_a_silo_holds_for_the_pages_of_others_is_refused()
    {
        var (audit, _) = await exchange.From("anna", "silo-1");
        var silo = exchange.Silo("silo-1");
        var nobody = new ForwardedCall("/signalexchange.v1.AuditService/VerifyLog", [], "", "", "");
        var held = new List<Guid>();
        for (var count = 0; count < ForwardService.MaxStreams; count++)
        {
            held.Add(Assert.NotNull(await silo.Begin(nobody)));
        }

        using (var refused = audit.VerifyLog(new(), cancellationToken: Ct))
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => refused.ResponseStream.MoveNext(Ct));
            Assert.Equal(ErrorReason.Overloaded, Problem.Of(refusal).Reason);
        }

        await Task.WhenAll(held.Select(silo.End));
        Assert.True((await VerifyInTurn(audit)).IsIntact);
    }

    private static async Task<SearchEntriesResponse> Until(AuditService.AuditServiceClient audit, EntryFilter filter) =>
        await TestKit.Eventually.ResultAsync(
            async () => await audit.SearchEntriesAsync(new() { Filter = filter }, cancellationToken: Ct),
            found => found.Entries.Count > 0,
            "the search index has the entry"
        );
}
