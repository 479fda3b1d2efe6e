using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>An OpenID provider in this process, made with OpenIddict: code flow, PKCE required, one client with a secret. Whoever comes is <see cref="User"/>.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "the-exchange";
    public const string ClientSecret = "a secret of the client";

    private readonly WebApplication _app;

    public TestProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Who signs in at the provider next: claims by their names.</summary>
    public (string Name, string Value)[] User { get; set; } = [];

    /// <summary>Whether the last request for a code came with a PKCE challenge.</summary>
    public bool HasSeenChallenge { get; private set; }

    public async Task Start()
    {
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Profile);
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(it => it.UseInlineHandler(CheckClient));
        server.AddEventHandler<ValidateTokenRequestContext>(it => it.UseInlineHandler(CheckSecret));
        server.AddEventHandler<HandleAuthorizationRequestContext>(it => it.UseInlineHandler(SignIn));
    }

    private ValueTask CheckClient(ValidateAuthorizationRequestContext context)
    {
        HasSeenChallenge = context.Request.CodeChallengeMethod == CodeChallengeMethods.Sha256;
        if (
            context.ClientId != ClientId
            || context.RedirectUri?.EndsWith("/console/sign-in/callback", StringComparison.Ordinal) != true
        )
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private static ValueTask CheckSecret(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
        {
            context.Reject(Errors.InvalidClient);
        }

        return default;
    }

    private ValueTask SignIn(HandleAuthorizationRequestContext context)
    {
        var identity = new ClaimsIdentity("provider");
        identity.AddClaims(User.Select(claim => new Claim(claim.Name, claim.Value)));
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        context.Principal = new ClaimsPrincipal(identity);
        return default;
    }
}
