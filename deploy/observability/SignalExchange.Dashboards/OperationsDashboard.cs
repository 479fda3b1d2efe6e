namespace SignalExchange.Dashboards;

/// <summary>For whoever runs an exchange: rate, errors, duration; then what each part says of itself.</summary>
internal static class OperationsDashboard
{
    /// <summary>Makes it.</summary>
    public static Dashboard Make() =>
        new(
            "operations",
            "SignalExchange: operations",
            new Row(
                "Now",
                Number(
                    "Silos that are ready",
                    Unit.Count,
                    "count(min by (instance) (signalexchange_silo_ready{job='$job'}) == 1)"
                ),
                Number("Calls", Unit.PerSecond, "sum(job_method:rpc_server_calls:rate5m{job='$job'})"),
                Number("Failed by our fault, 1 h", Unit.Ratio, "job:rpc_server_calls:fault_ratio_rate1h{job='$job'}"),
                Number(
                    "Checks, 99 % below",
                    Unit.Seconds,
                    "job_method:rpc_server_call_duration_seconds:p99_5m{job='$job', rpc_method='signalexchange.v1.SignalService/Check'}"
                ),
                Number("Storage left", Unit.Bytes, "min(signalexchange_storage_available_bytes{job='$job'})"),
                Number(
                    "Log not published for",
                    Unit.Seconds,
                    "max(signalexchange_access_log_unpublished_age_seconds{job='$job'})"
                )
            ),
            new Row(
                "Rate, errors, duration",
                new Panel(
                    "Calls by method",
                    Unit.PerSecond,
                    new Query("job_method:rpc_server_calls:rate5m{job='$job'}", "{{rpc_method}}")
                ),
                new Panel(
                    "Failures by reason",
                    Unit.PerSecond,
                    new Query(
                        "sum by (error_type) (job_method_error:rpc_server_calls:rate5m{job='$job'})",
                        "{{error_type}}"
                    )
                ),
                new Panel(
                    "Duration of calls",
                    Unit.Seconds,
                    new Query(
                        "histogram_quantile(0.99, sum by (rpc_method, le) (rate(rpc_server_call_duration_seconds_bucket{job='$job', rpc_method=~'signalexchange.*', rpc_method!~'.*Stream'}[5m])))",
                        "99 % {{rpc_method}}"
                    )
                )
                {
                    Description = "Points are exemplars: they lead to a trace.",
                },
                new Panel(
                    "Batches by operation",
                    Unit.PerSecond,
                    new Query("job_operation:signalexchange_batches:rate5m{job='$job'}", "{{operation}}")
                ),
                new Panel(
                    "Duration of batches, 99 %",
                    Unit.Seconds,
                    new Query("job_operation:signalexchange_batch_duration_seconds:p99_5m{job='$job'}", "{{operation}}")
                ),
                new Panel(
                    "Calls that wait for a place",
                    Unit.Count,
                    new Query("signalexchange_load_waiting_calls{job='$job'}", "{{instance}}")
                )
            ),
            new Row(
                "Writing",
                new Panel(
                    "Duration of commits, 99 %",
                    Unit.Seconds,
                    new Query(
                        "histogram_quantile(0.99, sum by (instance, le) (rate(signalexchange_shard_commit_duration_seconds_bucket{job='$job'}[5m])))",
                        "{{instance}}"
                    )
                ),
                new Panel(
                    "Commits by outcome",
                    Unit.PerSecond,
                    new Query(
                        "sum by (outcome) (rate(signalexchange_shard_commit_duration_seconds_count{job='$job'}[5m]))",
                        "{{outcome}}"
                    )
                ),
                new Panel(
                    "Changes of one commit",
                    Unit.Count,
                    new Query(
                        "sum by (instance) (rate(signalexchange_shard_commit_changes_sum{job='$job'}[5m])) / sum by (instance) (rate(signalexchange_shard_commit_changes_count{job='$job'}[5m]))",
                        "{{instance}}"
                    )
                ),
                new Panel(
                    "Writes that wait",
                    Unit.Count,
                    new Query("signalexchange_shard_waiting_writes{job='$job'}", "{{instance}} shards"),
                    new Query("signalexchange_storage_waiting_writes{job='$job'}", "{{instance}} storage")
                ),
                new Panel(
                    "Storage",
                    Unit.Bytes,
                    new Query("signalexchange_storage_size_bytes{job='$job'}", "{{instance}} used"),
                    new Query("signalexchange_storage_available_bytes{job='$job'}", "{{instance}} left")
                ),
                new Panel(
                    "Shards that lost their writer",
                    Unit.PerSecond,
                    new Query("rate(signalexchange_shard_fences_total{job='$job'}[5m])", "{{instance}}")
                )
            ),
            new Row(
                "Index",
                new Panel(
                    "Indicators",
                    Unit.Count,
                    new Query("signalexchange_index_indicators{job='$job'}", "{{instance}}")
                ),
                new Panel(
                    "Memory",
                    Unit.Bytes,
                    new Query("signalexchange_index_memory_bytes{job='$job'}", "{{instance}} index"),
                    new Query("signalexchange_templates_memory_bytes{job='$job'}", "{{instance}} templates"),
                    new Query("dotnet_process_memory_working_set_bytes{job='$job'}", "{{instance}} process")
                ),
                new Panel(
                    "Changes behind, and shards that are stale",
                    Unit.Count,
                    new Query("signalexchange_index_lag{job='$job'}", "{{instance}} changes"),
                    new Query("signalexchange_index_stale_shards{job='$job'}", "{{instance}} shards")
                )
            ),
            new Row(
                "Access log",
                new Panel(
                    "Entries",
                    Unit.PerSecond,
                    new Query("rate(signalexchange_access_log_appends_total{job='$job'}[5m])", "{{instance}}")
                ),
                new Panel(
                    "Wait for the disk, 99 %",
                    Unit.Seconds,
                    new Query(
                        "histogram_quantile(0.99, sum by (instance, le) (rate(signalexchange_access_log_append_duration_seconds_bucket{job='$job'}[5m])))",
                        "{{instance}}"
                    )
                ),
                new Panel(
                    "Head, published, looked at",
                    Unit.Count,
                    new Query("signalexchange_access_log_head{job='$job'}", "{{instance}} head"),
                    new Query("signalexchange_access_log_published{job='$job'}", "{{instance}} published"),
                    new Query("signalexchange_audit_indexed{job='$job'}", "{{instance}} looked at")
                ),
                new Panel(
                    "Age of what is not published",
                    Unit.Seconds,
                    new Query("signalexchange_access_log_unpublished_age_seconds{job='$job'}", "{{instance}}")
                ),
                new Panel(
                    "Witnesses",
                    Unit.Count,
                    new Query("signalexchange_access_log_witnesses{job='$job'}", "{{instance}} signed"),
                    new Query("signalexchange_access_log_witnesses_required{job='$job'}", "{{instance}} required")
                ),
                new Panel(
                    "Entries that could not be written",
                    Unit.PerSecond,
                    new Query(
                        "rate(signalexchange_access_log_append_failures_total{job='$job'}[5m])",
                        "{{instance}} {{reason}}"
                    )
                )
            ),
            new Row(
                "Runtime",
                new Panel(
                    "Processor",
                    Unit.Count,
                    new Query(
                        "sum by (instance) (rate(dotnet_process_cpu_time_seconds_total{job='$job'}[5m]))",
                        "{{instance}}"
                    )
                ),
                new Panel(
                    "Collector's pauses",
                    Unit.Ratio,
                    new Query("rate(dotnet_gc_pause_time_seconds_total{job='$job'}[5m])", "{{instance}}")
                ),
                new Panel(
                    "Grains",
                    Unit.Count,
                    new Query("sum by (grain_type) (orleans_grains{job='$job'})", "{{grain_type}}")
                )
            )
        );

    private static Panel Number(string title, string unit, string expression) =>
        new(title, unit, new Query(expression, "")) { IsNumber = true };
}
