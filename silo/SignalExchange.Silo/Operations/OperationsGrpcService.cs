using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Census;
using SignalExchange.Grains.Operations;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Operations;

/// <summary>How the exchange does, for whoever runs it.</summary>
internal sealed class OperationsGrpcService(
    IGrainFactory grains,
    OverviewFeed feed,
    MemberDirectory directory,
    SettingsInForce settings,
    MemberUses uses,
    SiloSelf self,
    IHostApplicationLifetime lifetime,
    TimeProvider clock
) : OperationsService.OperationsServiceBase
{
    private IOperationsGrain Operations => grains.GetGrain<IOperationsGrain>(0);

    public override async Task<GetOverviewResponse> GetOverview(GetOverviewRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return new()
        {
            Now = await feed.Now(context.CancellationToken),
            Steps = { await Operations.Steps(request.Span) },
        };
    }

    public override async Task WatchOverview(
        WatchOverviewRequest request,
        IServerStreamWriter<WatchOverviewResponse> responseStream,
        ServerCallContext context
    )
    {
        Require.Form(request);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping
        );
        try
        {
            await Tell(responseStream, context, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Whoever watched went away, or the exchange stops.
        }
    }

    public override async Task<ListMemberUseResponse> ListMemberUse(
        ListMemberUseRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Uses = { await uses.All() } };
    }

    public override Task<ListSettingsResponse> ListSettings(ListSettingsRequest request, ServerCallContext context)
    {
        Require.Form(request);
        return Task.FromResult(new ListSettingsResponse { Origin = self.Origin, Settings = { settings.All } });
    }

    public override async Task<GetSignalCensusResponse> GetSignalCensus(
        GetSignalCensusRequest request,
        ServerCallContext context
    )
    {
        Require.Form(request);
        return new() { Census = await grains.GetGrain<ISignalCensusGrain>(0).Newest() };
    }

    private async Task Tell(
        IServerStreamWriter<WatchOverviewResponse> responseStream,
        ServerCallContext context,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(OverviewFeed.Interval, clock);
        do
        {
            RequireStanding(context);
            await responseStream.WriteAsync(await feed.Now(cancellationToken), cancellationToken);
        } while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // A stream outlives the moment in which its caller was let in: whoever was revoked since is told nothing more.
    private void RequireStanding(ServerCallContext context)
    {
        var caller = context.GetCaller();
        var mayCall =
            caller.Kind == ActorKind.Person
                ? directory.FindPerson(caller.Thumbprint)?.MayCall
                : directory.Find(caller.Thumbprint)?.MayCall;
        if (mayCall != true)
        {
            throw new Refusal(ErrorReason.SessionEnded).ToRpcException();
        }
    }
}
