using Microsoft.AspNetCore.Authentication;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.SignIn;

/// <summary>Opens sessions in browsers, and ends them.</summary>
internal sealed class SessionDesk(
    Sessions sessions,
    SignInRecorder recorder,
    IGrainFactory grains,
    MemberDirectory directory,
    MemberDirectoryRefresher refresher
)
{
    /// <summary>Opens a session for who was just let in, and goes on.</summary>
    public async Task<IResult> Open(HttpContext http, KnownPerson person, string returnUrl)
    {
        // Whatever session the browser had is ended, and the new one has an id of its own: nobody can have fixed it.
        await CloseOwn(http);
        var session = await sessions.Open(person);
        var principal = ConsolePrincipal.Of(person, session, $"{http.Connection.RemoteIpAddress}");
        await http.SignInAsync(ConsoleCookie.SchemeName, principal);
        return Results.LocalRedirect(ConsolePaths.Local(returnUrl));
    }

    /// <summary>Signs out of this browser.</summary>
    public async Task<IResult> SignOut(HttpContext http)
    {
        if (await PostedForm.Read(http) is null)
        {
            return Results.BadRequest();
        }

        await recorder.Record(http, SignInRecorder.SignOut, new(PersonOf(http)));
        await CloseOwn(http);
        await http.SignOutAsync(ConsoleCookie.SchemeName);
        return Results.LocalRedirect(ConsolePaths.SignIn);
    }

    /// <summary>Signs out of every browser.</summary>
    public async Task<IResult> SignOutEverywhere(HttpContext http)
    {
        if (await PostedForm.Read(http) is null || PersonOf(http) is not { } person)
        {
            return Results.BadRequest();
        }

        await recorder.Record(http, SignInRecorder.SignOutEverywhere, new(person));
        var act = new SignOutPersonRequest { AccountId = person.Person.AccountId };
        var reply = await grains
            .GetGrain<IMemberRegistryGrain>(0)
            .Act(new() { SignOutPerson = act }, person.Person.AccountId);
        await refresher.Refresh(reply.Version, http.RequestAborted);
        await http.SignOutAsync(ConsoleCookie.SchemeName);
        return Results.LocalRedirect(ConsolePaths.SignIn);
    }

    private async Task CloseOwn(HttpContext http)
    {
        var seen = await http.AuthenticateAsync(ConsoleCookie.SchemeName);
        if (seen.Succeeded)
        {
            await sessions.Close(
                ConsolePrincipal.AccountOf(seen.Principal),
                ConsolePrincipal.SessionOf(seen.Principal)
            );
        }
    }

    private KnownPerson? PersonOf(HttpContext http) => directory.FindPerson(ConsolePrincipal.AccountOf(http.User));
}
