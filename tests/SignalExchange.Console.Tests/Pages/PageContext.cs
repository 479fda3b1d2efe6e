using System.Collections.Concurrent;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Calls;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Draws pages for somebody, without a browser and with services that answer as the test says.</summary>
public abstract class PageContext : BunitContext
{
    // What is waited for comes at once, unless the machine has much else to do.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromMinutes(1);

    private readonly Reader _reader = new();
    private readonly Views _views = new();

    protected PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddAuthorizationCore();
        Services.AddSingleton<IAuthorizationService, DefaultAuthorizationService>(); // in place of one that refuses to answer
        Services.AddSingleton<AuthenticationStateProvider>(_reader);
        Services.AddCascadingAuthenticationState();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<IAccessLogs>(Logs);
        Services.AddSingleton(new ExchangeCalls(Exchange, Logs));
        Services.AddSingleton<IPageViews>(_views);
        Services.AddScoped<SessionEnd>();
        Services.AddScoped<ReaderClock>();
    }

    internal FakeExchange Exchange { get; } = new();

    internal FakeAccessLogs Logs { get; } = new();

    /// <summary>Gets the pages that were recorded, and whether each was allowed.</summary>
    protected IReadOnlyCollection<(string Page, bool IsAllowed)> Viewed => _views.All;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>Signs somebody of a role in.</summary>
    protected void As(KeyRole role) => _reader.Role = role;

    /// <summary>Says with what views of pages can't be recorded.</summary>
    protected void RefuseViews(Exception failure) => _views.Failure = failure;

    private sealed class Reader : AuthenticationStateProvider
    {
        public KeyRole Role { get; set; } = KeyRole.Auditor;

        public override Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            Claim[] claims = [new(ClaimTypes.Name, "reader"), new(ClaimTypes.Role, Role.ToString())];
            return Task.FromResult(new AuthenticationState(new(new ClaimsIdentity(claims, "test"))));
        }
    }

    private sealed class Views : IPageViews
    {
        public ConcurrentQueue<(string Page, bool IsAllowed)> All { get; } = new();

        public Exception? Failure { get; set; }

        public Task Record(string page, bool isAllowed)
        {
            All.Enqueue((page, isAllowed));
            return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
        }
    }
}
