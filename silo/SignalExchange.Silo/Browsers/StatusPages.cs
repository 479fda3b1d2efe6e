using SignalExchange.WebConsole.SignIn;

namespace SignalExchange.Silo.Browsers;

/// <summary>What a browser gets that gets nothing else.</summary>
internal static class StatusPages
{
    /// <summary>Writes the page of a status.</summary>
    public static Task Write(HttpContext http, int status) =>
        Views.Of<StatusPage>(status, new StatusView(status)).ExecuteAsync(http);
}
