using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.People;

namespace SignalExchange.Silo.SignIn;

/// <summary>What becomes of somebody whom the site's provider sends: the role that the claims give, an account in the registry, a session.</summary>
internal sealed class ProviderSignIn(
    IOptions<SignInOptions> options,
    IGrainFactory grains,
    MemberDirectory directory,
    MemberDirectoryRefresher refresher,
    Sessions sessions,
    SignInRecorder recorder,
    ILogger<ProviderSignIn> logger
) : OpenIdConnectEvents
{
    private const int MaxLogin = 32;

    private ProviderOptions Provider => options.Value.Provider;

    /// <summary>The console's address is the only one to which the provider sends anybody.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        if (context.HttpContext.Features.Get<ConsoleConnection>() is null)
        {
            context.SkipHandler();
        }

        return Task.CompletedTask;
    }

    /// <summary>The provider's word is verified: now it is decided who that is here.</summary>
    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var outcome = await Decide(
            context.Principal!,
            context.SecurityToken.Issuer,
            context.HttpContext.RequestAborted
        );
        await recorder.Record(context.HttpContext, SignInRecorder.ProviderSignIn, outcome);
        if (outcome is not { Refusal: null, Person: { } person })
        {
            context.HandleResponse();
            context.Response.Redirect($"{ConsolePaths.SignIn}?refused={outcome.Refusal?.Reason}");
            return;
        }

        // A session that was never used before, whatever cookie came along: nobody can have fixed it (OWASP).
        var session = await sessions.Open(person);
        context.Principal = ConsolePrincipal.Of(person, session, "");
        var then = ConsolePaths.Local(context.Properties!.RedirectUri);
        context.Properties.RedirectUri =
            $"{ConsolePaths.Done}?{ConsolePaths.ReturnUrlParameter}={Uri.EscapeDataString(then)}";
    }

    /// <summary>Whatever the provider or the way back got wrong: nobody learns more than that it failed.</summary>
    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        await recorder.Record(context.HttpContext, SignInRecorder.ProviderSignIn, SignInOutcome.Refused(null));
        SignInLog.ProviderFailed(logger, context.Failure?.GetType().Name ?? "none");
        context.HandleResponse();
        context.Response.Redirect($"{ConsolePaths.SignIn}?refused={ErrorReason.SignInRefused}");
    }

    private async Task<SignInOutcome> Decide(ClaimsPrincipal user, string issuer, CancellationToken cancellationToken)
    {
        if (user.FindFirst("sub")?.Value is not { Length: > 0 } subject || RoleOf(user) is not { } role)
        {
            return new(null, new Refusal(ErrorReason.RoleNotAllowed));
        }

        var account = AccountIds.Of(issuer, subject);
        var reply = await grains
            .GetGrain<IMemberRegistryGrain>(0)
            .RecordProviderPerson(
                new Person
                {
                    AccountId = account,
                    Login = LoginOf(user, account),
                    MemberId = role.Member,
                    Role = role.Role,
                    KeyThumbprint = KeyOf(user),
                }
            );
        if (reply.Error is { } error)
        {
            return new(directory.FindPerson(account), Refusal.From(error));
        }

        await refresher.Refresh(reply.Version, cancellationToken);
        return directory.FindPerson(account) is { MayCall: true } person
            ? new(person)
            : SignInOutcome.Refused(directory.FindPerson(account));
    }

    private ProviderRole? RoleOf(ClaimsPrincipal user)
    {
        var values = user.FindAll(Provider.RoleClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return Provider.Roles.FirstOrDefault(role => values.Contains(role.Value));
    }

    private string KeyOf(ClaimsPrincipal user) =>
        user.FindFirst(Provider.KeyClaim)?.Value is { } key && FieldFormats.Fits(FieldFormat.Thumbprint, key)
            ? key
            : "";

    // Names at providers are anything; here they are slugs. One that leaves nothing over is named by its account.
    private string LoginOf(ClaimsPrincipal user, string account)
    {
        var name = new StringBuilder();
        foreach (var letter in (user.FindFirst(Provider.NameClaim)?.Value ?? "").Split('@')[0].ToLowerInvariant())
        {
            _ =
                char.IsAsciiLetterOrDigit(letter) ? name.Append(letter)
                : name.Length > 0 && name[^1] != '-' ? name.Append('-')
                : name;
        }

        var slug = name.ToString(0, Math.Min(name.Length, MaxLogin)).Trim('-');
        return FieldFormats.Fits(FieldFormat.Slug, slug)
            ? slug
            : $"person-{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(account)[..4])}";
    }
}
