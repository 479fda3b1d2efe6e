using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Load;

/// <summary>What a member may have under way, looked at as soon as it is known who calls, before a byte of the message is read.</summary>
/// <remarks>gRPC reads a unary call's message before any interceptor runs, so here is the only place where it can be bounded.</remarks>
internal sealed class MemberCalls(
    RequestDelegate next,
    CallGate gate,
    HeldBytesByParty memory,
    CallRecorder recorder,
    IOptions<LoadOptions> load,
    IOptions<ConnectionOptions> connections,
    TimeProvider clock
)
{
    /// <summary>Counts a gRPC call for as long as it lasts; everything else passes.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not { } method)
        {
            await next(http);
            return;
        }

        var party = LoadParty.Of(http);
        var isStream = method.Method.Type is MethodType.DuplexStreaming or MethodType.ClientStreaming;
        if (isStream || party.Name == MemberId.Consortium.Value)
        {
            await Run(http, party, isStream); // streams are counted by the interceptor, and may stay open
            return;
        }

        using var call = gate.TryBegin(party);
        if (call is null)
        {
            var refusal = new Refusal(ErrorReason.Overloaded, Limit: load.Value.MaxCallsPerMember);
            await GrpcRefusalWriter.Write(http, await recorder.WriteRefusal(http, refusal), CallGate.Retry);
            return;
        }

        await Run(http, party, isStream);
    }

    private async Task Run(HttpContext http, LoadParty party, bool isStream)
    {
        var held = memory.Open(party);
        try
        {
            var limit = connections.Value.MessageTimeout;
            using var body = new BoundedBody(http.Request.BodyReader, held, limit, isStream, clock);
            http.Features.Set<IRequestBodyPipeFeature>(body);
            http.Features.Set(body);
            http.Features.Set(held);
            await next(http);
        }
        finally
        {
            memory.Close(held);
        }
    }
}
