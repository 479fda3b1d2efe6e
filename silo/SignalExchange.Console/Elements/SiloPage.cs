using Microsoft.AspNetCore.Components;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.WebConsole.Elements;

/// <summary>A page about one silo, which the name of its access log in the address chooses: at first the one that serves the page.</summary>
public abstract class SiloPage : ActPage
{
    private string? _loaded;

    [SupplyParameterFromQuery(Name = "log")]
    private string? Asked { get; set; }

    [Inject]
    private IAccessLogs Logs { get; set; } = null!;

    /// <summary>Gets the name of the log.</summary>
    protected string Log => Asked is { Length: > 0 } ? Asked : Logs.Own;

    /// <summary>Gets whether it is the log of the silo that serves the page.</summary>
    protected bool IsOwn => Log == Logs.Own;

    /// <summary>Gets the log.</summary>
    protected AuditService.AuditServiceClient Audit => Exchange.AuditOf(Log);

    /// <summary>Returns an address of the console with the log that this page shows.</summary>
    /// <param name="address">The address, with or without a query.</param>
    protected string Here(string address) =>
        Asked is null or "" && Logs.Names.Count == 1
            ? address
            : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}log={Uri.EscapeDataString(Log)}";

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (_loaded == Log)
        {
            return Task.CompletedTask;
        }

        _loaded = Log;
        Clear();
        return Load();
    }

    /// <summary>Takes away what another log had.</summary>
    protected virtual void Clear() { }
}
