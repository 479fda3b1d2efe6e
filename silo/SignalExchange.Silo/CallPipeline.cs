using Microsoft.Extensions.Options;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Audit;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Disputes;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Operations;
using SignalExchange.Silo.People;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.Telemetry;
using SignalExchange.Silo.Templates;

namespace SignalExchange.Silo;

/// <summary>The order of a call, from the door to its handler.</summary>
internal static class CallPipeline
{
    /// <summary>
    /// <list type="number">
    /// <item>routing: which method is called;</item>
    /// <item>identity: <see cref="Security.MemberAuthenticationHandler"/>, before a byte of the message is read; for calls of the console's pages
    /// <see cref="InProcess.PersonAuthenticationHandler"/>, for the pages themselves <see cref="Browsers.ConsoleCookieEvents"/>;</item>
    /// <item>role: <see cref="Security.MethodRoleHandler"/>, by the table in <see cref="Security.MethodRoles"/>;</item>
    /// <item>share: <see cref="Load.MemberCalls"/> bounds what the caller has under way, and how long and how large its message may be;</item>
    /// <item>record: <see cref="AccessLog.AccessLogInterceptor"/> lets no answer out before its entry is on stable storage;</item>
    /// <item>errors: <see cref="Errors.ErrorInterceptor"/>, so that every failure has a reason;</item>
    /// <item>load: <see cref="Load.LoadInterceptor"/> turns away what is too much, and waits no longer than the caller does;</item>
    /// <item>stop: <see cref="Draining.DrainInterceptor"/> ends what is streamed when the server stops;</item>
    /// <item>the handler, which begins with <see cref="Errors.Require"/> and asks <see cref="Quotas.QuotaGate"/> before it does anything.</item>
    /// </list>
    /// </summary>
    public static WebApplication MapExchange(this WebApplication app)
    {
        app.UseExchangeTelemetry(); // times what comes, and answers what asks for metrics and health, at another address
        app.UseTilePages(); // for another address; what comes there goes no further
        app.UseConsoleHeaders();
        app.UseOriginGuard();
        app.UseMiddleware<UnreachedCalls>(); // what the framework itself refuses between 3 and 4 is recorded here
        app.UseRouting(); // 1
        app.UseDoors(); // what belongs to another address than the connection's is not there
        app.UseAuthentication(); // 2
        app.UseAuthorization(); // 3
        app.UseMiddleware<MemberCalls>(); // 4
        app.MapGrpcService<KeyGrpcService>(); // 5 to 8 are added to every gRPC service, 9 are these
        app.MapGrpcService<KeyCustodyGrpcService>();
        app.MapGrpcService<SignalGrpcService>();
        app.MapGrpcService<TemplateGrpcService>();
        app.MapGrpcService<MemberGrpcService>();
        app.MapGrpcService<ApprovalGrpcService>();
        app.MapGrpcService<PolicyGrpcService>();
        app.MapGrpcService<PersonGrpcService>();
        app.MapGrpcService<AuditGrpcService>();
        app.MapGrpcService<OperationsGrpcService>();
        app.MapGrpcService<DisputeGrpcService>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        if (app.Services.GetRequiredService<IOptions<ExchangeOptions>>().Value.ListenConsole is not null)
        {
            app.UseAntiforgery();
            app.MapConsole();
        }

        return app;
    }
}
