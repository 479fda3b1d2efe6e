using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace SignalExchange.Silo.InProcess;

/// <summary>Makes the two ends of a connection within the process.</summary>
internal static class MemoryConnection
{
    // As Kestrel's own transports have them: who writes more than the other reads waits.
    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: 1024 * 1024,
        resumeWriterThreshold: 512 * 1024,
        useSynchronizationContext: false
    );

    /// <summary>Makes them.</summary>
    /// <returns>The server's end and the client's.</returns>
    public static (ConnectionContext Server, Stream Client) Create()
    {
        var (up, down) = (new Pipe(Options), new Pipe(Options));
        var server = new Ends(up.Reader, down.Writer);
        var client = new Ends(down.Reader, up.Writer);
        var connection = new DefaultConnectionContext(Guid.CreateVersion7().ToString("N"), server, client);
        return (connection, new MemoryStreamEnds(client));
    }

    /// <summary>One end: reads from one pipe and writes to the other.</summary>
    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
