using Grpc.Core;
using Grpc.Core.Interceptors;
using SignalExchange.Silo.InProcess;

namespace SignalExchange.Silo.Browsers;

/// <summary>Makes a page's calls for the person whose page it is.</summary>
internal static class PersonCallInvoker
{
    /// <summary>Makes the invoker of one circuit.</summary>
    public static CallInvoker Create(InProcessChannel channel, CircuitSession session) =>
        channel
            .CreateInvoker()
            .Intercept(metadata => PersonHeaders.Add(metadata, session.Account, session.Session, session.Address));
}
