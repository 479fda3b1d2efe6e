namespace SignalExchange.Dashboards;

/// <summary>Grafana's names of units.</summary>
internal static class Unit
{
    public const string Count = "short";
    public const string PerSecond = "cps";
    public const string Seconds = "s";
    public const string Bytes = "bytes";
    public const string Ratio = "percentunit";
}
