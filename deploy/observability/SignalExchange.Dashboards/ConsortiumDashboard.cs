namespace SignalExchange.Dashboards;

/// <summary>For the consortium: what members give and get, and whether anybody takes too much.</summary>
/// <remarks>It names no member: that is for the access log and its auditors.</remarks>
internal static class ConsortiumDashboard
{
    /// <summary>Makes it.</summary>
    public static Dashboard Make() =>
        new(
            "consortium",
            "SignalExchange: the consortium",
            new Row(
                "Today",
                Number(
                    "Active members",
                    Unit.Count,
                    "sum(job_state:signalexchange_members:max{job='$job', state='Active'})"
                ),
                Number("Indicators known", Unit.Count, "job:signalexchange_index_indicators:max{job='$job'}"),
                Number(
                    "Tokens checked, 24 h",
                    Unit.Count,
                    "sum(increase(signalexchange_check_tokens_total{job='$job'}[24h]))"
                ),
                Number("Found, 24 h", Unit.Count, "sum(increase(signalexchange_check_hits_total{job='$job'}[24h]))"),
                Number(
                    "Signals accepted, 24 h",
                    Unit.Count,
                    "sum(increase(signalexchange_submit_signals_total{job='$job', outcome='accepted'}[24h]))"
                ),
                Number("Alarms open", Unit.Count, "sum(signalexchange_audit_open_alarms{job='$job'})")
            ),
            new Row(
                "Checks",
                new Panel(
                    "Tokens checked, by purpose",
                    Unit.PerSecond,
                    new Query(
                        "sum by (purpose) (rate(signalexchange_check_tokens_total{job='$job'}[5m]))",
                        "{{purpose}}"
                    )
                ),
                new Panel(
                    "Hit rate",
                    Unit.Ratio,
                    new Query("job:signalexchange_check_hits:ratio_rate1h{job='$job'}", "of an hour")
                ),
                new Panel(
                    "Known, but not for the caller",
                    Unit.PerSecond,
                    new Query(
                        "sum(rate(signalexchange_check_candidates_total{job='$job'}[5m])) - sum(rate(signalexchange_check_hits_total{job='$job'}[5m]))",
                        "tokens"
                    )
                )
                {
                    Description =
                        "Tokens that the index knew and whose signals the caller may not see, or that had just expired.",
                }
            ),
            new Row(
                "Ads",
                new Panel(
                    "Ads asked about, by how well one fitted",
                    Unit.PerSecond,
                    new Query(
                        "sum by (strength) (rate(signalexchange_templates_ads_total{job='$job'}[5m]))",
                        "{{strength}}"
                    )
                ),
                new Panel(
                    "Templates' sketches",
                    Unit.Count,
                    new Query("max(signalexchange_templates_sketches{job='$job'})", "sketches")
                ),
                new Panel(
                    "Registrations refused, by reason",
                    Unit.PerSecond,
                    new Query(
                        "sum by (reason) (rate(signalexchange_templates_refusals_total{job='$job'}[5m]))",
                        "{{reason}}"
                    )
                )
            ),
            new Row(
                "Signals",
                new Panel(
                    "Submitted, by outcome",
                    Unit.PerSecond,
                    new Query("job_outcome:signalexchange_submit_signals:rate5m{job='$job'}", "{{outcome}}")
                ),
                new Panel(
                    "Accepted, by category",
                    Unit.Count,
                    new Query(
                        "sum by (category) (increase(signalexchange_submit_categories_total{job='$job'}[1h]))",
                        "{{category}}"
                    )
                )
                {
                    Description = "In an hour. A signal with two categories counts in both.",
                },
                new Panel(
                    "Accepted, by kind of identifier",
                    Unit.Count,
                    new Query(
                        "sum by (indicator_type) (increase(signalexchange_submit_categories_total{job='$job'}[1h]))",
                        "{{indicator_type}}"
                    )
                ),
                new Panel(
                    "Refused, by reason",
                    Unit.PerSecond,
                    new Query(
                        "sum by (reason) (rate(signalexchange_submit_signals_total{job='$job', outcome='refused'}[5m]))",
                        "{{reason}}"
                    )
                ),
                new Panel(
                    "Withdrawn",
                    Unit.Count,
                    new Query(
                        "sum by (outcome) (increase(signalexchange_withdraw_signals_total{job='$job'}[1h]))",
                        "{{outcome}}"
                    )
                ),
                new Panel(
                    "Members, by state",
                    Unit.Count,
                    new Query("job_state:signalexchange_members:max{job='$job'}", "{{state}}")
                )
            ),
            new Row(
                "Conduct",
                new Panel(
                    "Evaluations",
                    Unit.PerSecond,
                    new Query(
                        "sum by (indicator_type) (rate(signalexchange_key_evaluations_total{job='$job'}[5m]))",
                        "{{indicator_type}}"
                    )
                )
                {
                    Description = "Each is one guess that a member may turn into a token.",
                },
                new Panel(
                    "Refused for a quota",
                    Unit.PerSecond,
                    new Query(
                        "sum by (reason) (rate(signalexchange_quota_refusals_total{job='$job'}[5m]))",
                        "{{reason}}"
                    )
                ),
                new Panel(
                    "Alarms open, by rule",
                    Unit.Count,
                    new Query("sum by (rule) (signalexchange_audit_open_alarms{job='$job'})", "{{rule}}")
                ),
                new Panel(
                    "Days that looked like a sweep",
                    Unit.Count,
                    new Query("sum(increase(signalexchange_quota_enumeration_alarms_total{job='$job'}[1h]))", "members")
                ),
                new Panel(
                    "Refused for who called",
                    Unit.PerSecond,
                    new Query(
                        "sum by (error_type) (rate(rpc_server_call_duration_seconds_count{job='$job', rpc_response_status_code=~'UNAUTHENTICATED|PERMISSION_DENIED'}[5m]))",
                        "{{error_type}}"
                    )
                )
            )
        );

    private static Panel Number(string title, string unit, string expression) =>
        new(title, unit, new Query(expression, "")) { IsNumber = true };
}
