using SignalExchange.Dashboards;

// dotnet run --project deploy/observability/SignalExchange.Dashboards -- deploy/observability/grafana
if (args is not [var folder])
{
    await Console.Error.WriteLineAsync("Usage: SignalExchange.Dashboards FOLDER");
    return 2;
}

foreach (var dashboard in Catalog.All)
{
    await File.WriteAllTextAsync(Path.Combine(folder, dashboard.FileName), dashboard.ToJson());
}

return 0;
