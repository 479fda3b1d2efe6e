using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using SignalExchange.WebConsole.Calls;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole;

/// <summary>Adds the console's pages to a host, which gives each of them a <see cref="Grpc.Core.CallInvoker"/> that calls for whoever is signed in, and an <see cref="IPageViews"/>.</summary>
public static class ConsolePages
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddConsolePages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddMudServices();
        services.AddScoped<ExchangeCalls>();
        services.AddScoped<SessionEnd>();
        services.AddScoped<ReaderClock>();
        return services;
    }
}
