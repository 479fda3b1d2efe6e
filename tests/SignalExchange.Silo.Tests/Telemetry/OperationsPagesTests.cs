using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>What Prometheus and probes get, at an address of its own, and nobody else there or elsewhere.</summary>
[Collection(SharedOperations.Name)]
public sealed class OperationsPagesTests(OperationsFixture operations)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""signalexchange_check_tokens_total{*,purpose="Test"}""", 1)]
    [InlineData("""signalexchange_check_hits_total{*,purpose="Test"}""", 1)]
    [InlineData("signalexchange_check_candidates_total{*}", 1)]
    [InlineData("""signalexchange_submit_signals_total{*,outcome="accepted"}""", 1)]
    [InlineData("""signalexchange_submit_signals_total{*,outcome="already_known"}""", 1)]
    [InlineData("""signalexchange_submit_signals_total{*,outcome="refused",reason="*"}""", 1)]
    [InlineData("""signalexchange_submit_categories_total{*,category="CseGrooming",indicator_type="PhoneE164"}""", 1)]
    [InlineData("""signalexchange_withdraw_signals_total{*,outcome="accepted"}""", 1)]
    [InlineData("""signalexchange_batch_duration_seconds_count{*,operation="check"}""", 1)]
    [InlineData("""signalexchange_key_evaluations_total{*,indicator_type="PhoneE164"}""", 1)]
    [InlineData("""signalexchange_shard_commit_duration_seconds_count{*,outcome="committed"}""", 2)]
    [InlineData("signalexchange_shard_waiting_writes{*}", 0)]
    [InlineData("signalexchange_index_indicators{*}", 0)]
    [InlineData("signalexchange_index_lag{*}", 0)]
    [InlineData("""signalexchange_members{*,state="Active"}""", 2)]
    [InlineData("""signalexchange_silo_ready{*,part="index"}""", 1)]
    [InlineData("""signalexchange_silo_ready{*,part="access_log"}""", 1)]
    [InlineData("signalexchange_storage_writable{*}", 1)]
    [InlineData("signalexchange_storage_available_bytes{*}", 1)]
    [InlineData("signalexchange_access_log_head{*}", 5)]
    [InlineData("signalexchange_access_log_unpublished_age_seconds{*}", 0)]
    [InlineData("""signalexchange_audit_open_alarms{*,rule="Enumeration"}""", 0)]
    [InlineData(
        """rpc_server_call_duration_seconds_count{*,rpc_method="signalexchange.v1.SignalService/Check",rpc_response_status_code="OK",*}""",
        1
    )]
    [InlineData(
        """rpc_server_call_duration_seconds_count{*,error_type="CREDENTIALS_MISSING",*rpc_response_status_code="UNAUTHENTICATED",*}""",
        1
    )]
    [InlineData("signalexchange_quota_enumeration_alarms_total{*}", 0)]
    [InlineData("""signalexchange_quota_refusals_total{*,reason="QUOTA_TOKENS_SPENT"}""", 0)]
    [InlineData("""signalexchange_index_repairs_total{*,outcome="failed"}""", 0)]
    [InlineData("""signalexchange_access_log_append_failures_total{*,reason="timeout"}""", 0)]
    [InlineData("signalexchange_access_log_publish_failures_total{*}", 0)]
    [InlineData("signalexchange_access_log_clock_holds_total{*}", 0)]
    [InlineData("signalexchange_shard_fences_total{*}", 0)]
    [InlineData("orleans_catalog_activations{*}", 1)]
    [InlineData("dotnet_process_memory_working_set_bytes{*}", 1)]
    public async Task Prometheus_is_told(string series, double least)
    {
        var pattern =
            "^" + Regex.Escape(series).Replace(@"\*", "[^\n]*", StringComparison.Ordinal) + " (?<value>[0-9.eE+-]+)";

        var found = Regex.Matches(await operations.Scrape(), pattern, RegexOptions.Multiline);

        Assert.NotEmpty(found);
        Assert.True(found.Sum(it => double.Parse(it.Groups["value"].Value, CultureInfo.InvariantCulture)) >= least);
    }

    // Other tests of this process call through the SDK, whose meter no silo has.
    private const string OfTheSdk = ".*otel_scope_name=\"SignalExchange\\.Client\".*";

    [Fact]
    public async Task Tags_are_those_that_are_allowed_and_no_value_names_somebody()
    {
        var labels = Regex
            .Matches(
                Regex.Replace(await operations.Scrape(), $"target_info.*|{OfTheSdk}", ""),
                "(?<=[{,])(?<name>[a-zA-Z_]+)=\"(?<value>[^\"]*)\""
            )
            .Select(it => (Name: it.Groups["name"].Value, Value: it.Groups["value"].Value))
            .ToList();

        var allowed = MetricTags
            .Allowed.Select(tag => tag.Replace('.', '_'))
            .Concat(["le", "otel_scope_name", "otel_scope_version"]);
        Assert.Empty(labels.Select(it => it.Name).Distinct().Except(allowed));
        Assert.DoesNotContain(labels, it => it.Value.Contains("makes-traffic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/ready", HttpStatusCode.OK)]
    [InlineData("/live", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.NotFound)]
    [InlineData("/signalexchange.v1.MemberService/ListMembers", HttpStatusCode.NotFound)]
    [InlineData("/silo-1/checkpoint", HttpStatusCode.NotFound)]
    public async Task Nothing_else_is_served_there(string path, HttpStatusCode expected)
    {
        using var response = await operations.Client.GetAsync(new Uri(operations.Address, path), Ct);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Metrics_are_not_served_where_members_call()
    {
        using var client = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.GetAsync(new Uri(operations.Exchange.Address, "/metrics"), Ct);

        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ct)); // A refusal of gRPC: its status is in the headers.
    }
}
