namespace SignalExchange.Dashboards;

/// <summary>Every dashboard.</summary>
internal static class Catalog
{
    /// <summary>The dashboards.</summary>
    public static readonly IReadOnlyList<Dashboard> All = [OperationsDashboard.Make(), ConsortiumDashboard.Make()];
}
