using SignalExchange.Client.Errors;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>Failures as the exchange makes them.</summary>
internal static class FakeFailure
{
    public static SignalExchangeException Of(ErrorReason reason) =>
        new(ErrorCatalog.CodeOf(reason), new Refusal(reason), trace: null, innerException: null);
}
