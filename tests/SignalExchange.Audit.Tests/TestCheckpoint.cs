using System.Globalization;
using SignalExchange.Audit.Export;

namespace SignalExchange.Audit.Tests;

/// <summary>Checkpoints of a log in memory: of all its entries, or of so many as a test says.</summary>
internal sealed class TestCheckpoint(TestLog log) : ICheckpointSource
{
    /// <summary>Gets or sets how many entries the newest one speaks of; null for all.</summary>
    public long? Size { get; set; }

    public ValueTask<string> NewestAsync(CancellationToken cancellationToken) => new(NoteOf(Size ?? log.Size));

    public static string NoteOf(long size) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"exchange.example/log/silo-1\n{size}\nAAAA\n\n\u2014 exchange.example AAAA\n"
        );
}
