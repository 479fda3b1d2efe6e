using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SignalExchange.Silo.Browsers;

namespace SignalExchange.Silo.SignIn;

/// <summary>Configures ASP.NET Core's OpenID Connect handler: authorization code flow with PKCE (RFC 9700 section 2.1.1), nothing kept of its tokens.</summary>
internal sealed class ProviderConfiguration(IOptions<SignInOptions> options, ConsoleAddress address)
    : IConfigureNamedOptions<OpenIdConnectOptions>
{
    public const string SchemeName = "provider";

    /// <inheritdoc/>
    public void Configure(OpenIdConnectOptions oidc) => Configure(SchemeName, oidc);

    /// <inheritdoc/>
    public void Configure(string? name, OpenIdConnectOptions oidc)
    {
        var provider = options.Value.Provider;
        if (name != SchemeName || provider.Authority is not { } authority)
        {
            return;
        }

        oidc.Authority = authority.AbsoluteUri;
        oidc.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
        oidc.ClientId = provider.ClientId;
        oidc.ClientSecret = provider.ClientSecretFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
        oidc.SignInScheme = ConsoleCookie.SchemeName;
        oidc.CallbackPath = ConsolePaths.ProviderCallback;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.SaveTokens = false;
        oidc.SignedOutCallbackPath = default;
        oidc.RemoteSignOutPath = default;
        oidc.EventsType = typeof(ProviderSignIn);
        foreach (var scope in provider.Scopes.Except(oidc.Scope))
        {
            oidc.Scope.Add(scope);
        }

        // These must come along when the provider sends the browser back, which Strict cookies would not.
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = address.CookieSecurity;
        }
    }
}
