namespace SignalExchange.Silo.Tests.Hosting.Http2;

/// <summary>An exchange with the smallest limits on headers, and streams enough for a member to try all that a connection takes.</summary>
public sealed class LimitedConnections : ExchangeFixture
{
    public const int MaxHeaderBytes = 8_192;
    public const int MaxHeaders = 16;

    public LimitedConnections() =>
        Settings = [
            "--Exchange:Connections:MaxHeaderBytes",
            $"{MaxHeaderBytes}",
            "--Exchange:Connections:MaxHeaders",
            $"{MaxHeaders}",
            "--Exchange:Load:MaxStreamsPerMember",
            "1000",
        ];
}
