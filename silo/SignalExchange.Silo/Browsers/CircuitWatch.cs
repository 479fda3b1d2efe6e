using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.Browsers;

/// <summary>Knows whose page a circuit is, and counts what the person does on it as a sign of life.</summary>
internal sealed class CircuitWatch(
    OpenCircuits open,
    CircuitSession session,
    AuthenticationStateProvider users,
    Sessions sessions
) : CircuitHandler
{
    /// <inheritdoc/>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        session.Set((await users.GetAuthenticationStateAsync()).User);
        open.Add(circuit.Id, session);
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        open.Remove(circuit.Id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async context =>
        {
            if (await sessions.Find(session.Account, session.Session, isActive: true) is null && sessions.IsSure)
            {
                session.End();
            }

            await next(context);
        };
}
