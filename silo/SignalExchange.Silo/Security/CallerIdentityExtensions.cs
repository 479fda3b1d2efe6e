using Grpc.Core;

namespace SignalExchange.Silo.Security;

/// <summary>Where the caller's identity is found.</summary>
internal static class CallerIdentityExtensions
{
    /// <summary>Returns who makes this call.</summary>
    /// <exception cref="InvalidOperationException">The call did not pass authentication; a mistake in the pipeline.</exception>
    public static CallerIdentity GetCaller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerIdentity>()
        ?? throw new InvalidOperationException("A handler ran without an authenticated caller.");

    /// <summary>Returns who makes this call; null for a method that needs no credentials.</summary>
    public static CallerIdentity? FindCaller(this ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerIdentity>();
}
