using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;

namespace SignalExchange.Silo.Security;

/// <summary>Decides <see cref="MethodRoleRequirement"/> for the gRPC method that is called.</summary>
internal sealed class MethodRoleHandler : AuthorizationHandler<MethodRoleRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        MethodRoleRequirement requirement
    )
    {
        if (
            context.Resource is HttpContext http
            && http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } method
            && http.Features.Get<CallerIdentity>() is { } caller
            && MethodRoles.IsAllowed(method.Method.FullName, caller.Role)
        )
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
