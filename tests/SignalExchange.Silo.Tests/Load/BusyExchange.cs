using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Load;

/// <summary>An exchange that does one call at a time, and lets one wait.</summary>
public sealed class BusyExchange : ExchangeFixture
{
    public BusyExchange() =>
        Settings = [
            "--Exchange:Load:MaxConcurrentCalls",
            "1",
            "--Exchange:Load:MaxWaitingCalls",
            "1",
            "--Exchange:Load:MaxStreamsPerMember",
            "2",
        ];
}
