using SignalExchange.Audit.Export;

namespace SignalExchange.Audit.Tests;

internal sealed class TestCheckpoint : ICheckpointSource
{
    public const string Note = "exchange.example/log/silo-1\n12\nAAAA\n\n\u2014 exchange.example AAAA\n";

    public ValueTask<string> NewestAsync(CancellationToken cancellationToken) => new(Note);
}
