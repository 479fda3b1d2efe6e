using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SignalExchange.Silo.Draining;

/// <summary>A connection over which parts may have been streamed that its caller has not taken.</summary>
/// <remarks>
/// Who takes nothing more keeps even a status from leaving, behind parts for which there is no window (RFC 9113 section 5.2), and with it the
/// connection from closing. The server takes such a response for completed: its last part and its status fit into a buffer. So what is cut off is
/// the connection, which is open until all is out, and not the call.
/// </remarks>
internal sealed class StreamedConnection
{
    /// <summary>How long a caller may take for what is on its way when the server stops, the status behind it too; then the connection breaks off.</summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(5);

    private volatile bool _hasStreamed;

    /// <summary>Notes that parts are streamed over it.</summary>
    public void Note() => _hasStreamed = true;

    /// <summary>Cuts off, when the server stops, a connection that is still open <see cref="PartTimeout"/> later and over which parts were streamed.</summary>
    public static void CutOffLate(ListenOptions listen)
    {
        var stopping = listen.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        listen.Use(next => connection => Run(next, connection, stopping));
    }

    private static async Task Run(ConnectionDelegate next, ConnectionContext connection, CancellationToken stopping)
    {
        var streamed = new StreamedConnection();
        connection.Features.Set(streamed);
        using var late = new CancellationTokenSource();
        using var atStop = stopping.Register(() => late.CancelAfter(PartTimeout));
        using var whenLate = late.Token.Register(() => streamed.CutOff(connection));
        await next(connection);
    }

    private void CutOff(ConnectionContext connection)
    {
        if (_hasStreamed)
        {
            connection.Abort(new ConnectionAbortedException("The server stops, and the caller takes nothing more."));
        }
    }
}
