using System.Net;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.SignIn;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.Silo.Browsers;

/// <summary>Records the pages that the person of a circuit opens, as that person's.</summary>
internal sealed class PageViews(CircuitSession circuit, Sessions sessions, CallRecorder recorder) : IPageViews
{
    /// <inheritdoc/>
    public async Task Record(string page, bool isAllowed)
    {
        if (await sessions.Find(circuit.Account, circuit.Session, isActive: false) is not { } person)
        {
            throw new Refusal(sessions.WhyNot).ToRpcException();
        }

        var address = IPAddress.TryParse(circuit.Address, out var known) ? known : null;
        var draft = recorder.Begin(page, person.Identity, address);
        if (!isAllowed)
        {
            draft.Detail.Reason = ErrorReason.RoleNotAllowed;
            draft.Detail.StatusCode = (uint)ErrorCatalog.CodeOf(ErrorReason.RoleNotAllowed);
        }

        await recorder.Write(draft);
    }
}
