namespace SignalExchange.Dashboards;

/// <summary>One line of a panel, or several.</summary>
/// <param name="Expression">PromQL; <c>$job</c> is the exchange that the reader chose.</param>
/// <param name="Legend">What a line is called, for example <c>{{outcome}}</c>.</param>
internal sealed record Query(string Expression, string Legend);
