namespace SignalExchange.Dashboards;

/// <summary>Panels that belong together, under a heading.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Panels">The panels, from left to right and on to the next line.</param>
internal sealed record Row(string Title, params Panel[] Panels);
