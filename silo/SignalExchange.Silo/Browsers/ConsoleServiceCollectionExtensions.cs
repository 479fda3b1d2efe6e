using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SignalExchange.Grains.People;
using SignalExchange.KeyService;
using SignalExchange.Silo.InProcess;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.SignIn;
using SignalExchange.WebConsole;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.Silo.Browsers;

/// <summary>Adds the console: who signs in, how its pages call, what serves them.</summary>
internal static class ConsoleServiceCollectionExtensions
{
    /// <summary>Adds the settings of signing in, which hold whether this silo serves a console or another does.</summary>
    public static IServiceCollection AddSignInSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddOptions<PersonOptions>().Bind(configuration.GetSection("Sessions")); // validated where the grains are added
        return services;
    }

    /// <summary>Adds it.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration signIn)
    {
        services.AddSignIn(signIn);
        services.AddConsoleCookies();
        services.AddHostedService<CircuitKeeper>();
        services.AddScoped<CircuitSession>();
        services.AddScoped<CircuitHandler, CircuitWatch>();
        services.AddScoped(provider =>
            PersonCallInvoker.Create(
                provider.GetRequiredService<InProcessChannel>(),
                provider.GetRequiredService<CircuitSession>()
            )
        );
        services.AddScoped<IPageViews, PageViews>();
        services.AddScoped<IAccessLogs, CircuitAccessLogs>();
        services.AddSingleton<DashboardViews>();
        services.AddConsolePages();
        return services;
    }

    private static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<SealedSecrets>();
        services.AddSingleton(it => new AddressGate(
            it.GetRequiredService<IOptions<SignInOptions>>().Value.AttemptsPerAddress
        ));
        services.AddSingleton<SignInRecorder>();
        services.AddSingleton<UnknownNameAttempts>();
        services.AddSingleton<LocalSignIn>();
        services.AddSingleton<LocalEnrolment>();
        services.AddSingleton<EnrolmentCookie>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<EnrolmentDesk>();
        services.AddSingleton<ProviderSignIn>();
        if (configuration.Get<SignInOptions>()?.Provider.Authority is not null)
        {
            services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderConfiguration>();
            services.AddAuthentication().AddOpenIdConnect(ProviderConfiguration.SchemeName, static _ => { });
        }
    }

    private static void AddConsoleCookies(this IServiceCollection services)
    {
        services.AddSingleton<ConsoleAddress>();
        services.AddSingleton<ConsoleCookieEvents>();
        services.AddSingleton<IDataProtectionProvider>(it =>
            MasterKeyProtection.Of(it.GetRequiredService<IExchangeSecrets>())
        );
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, ConsoleCookie>();
        services.AddAuthentication().AddCookie(ConsoleCookie.SchemeName, static _ => { });
        services.AddAntiforgery();
        services.AddSingleton<IConfigureOptions<AntiforgeryOptions>>(it => new ConfigureOptions<AntiforgeryOptions>(
            options => ProtectForms(options, it.GetRequiredService<ConsoleAddress>())
        ));
    }

    private static void ProtectForms(AntiforgeryOptions options, ConsoleAddress address)
    {
        options.Cookie.Name = address.CookieName("forms");
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = address.CookieSecurity;
        options.Cookie.HttpOnly = true;
        options.SuppressXFrameOptionsHeader = true; // on every answer already, and stricter
    }
}
