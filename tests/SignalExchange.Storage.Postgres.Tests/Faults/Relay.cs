using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SignalExchange.Storage.Postgres.Tests.Faults;

/// <summary>Stands between a store and its server, and loses what it is told to.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Task _accepting;
    private readonly List<Task> _relaying = [];
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private volatile bool _losesReplies;
    private volatile TaskCompletionSource? _silence;

    /// <summary>Starts it.</summary>
    /// <param name="server">The port of the server on loopback.</param>
    public Relay(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts the connection when the server answers next, instead of handing the answer on.</summary>
    public void LoseNextReply() => _losesReplies = true;

    /// <summary>Hands nothing on in either direction until it is told to.</summary>
    public void FallSilent() => _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Speak() => _silence?.TrySetResult();

    /// <summary>Breaks the connections that there are; what the server has of them, it goes on with.</summary>
    public void Cut()
    {
        foreach (var client in _clients)
        {
            client.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Speak();
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_relaying);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _clients.Add(client);
                _relaying.Add(RelayAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(CopyAsync(near, far, isReply: false), CopyAsync(far, near, isReply: true)).Unwrap();
            }
            catch (Exception exception)
                when (exception
                        is OperationCanceledException
                            or IOException
                            or SocketException
                            or ObjectDisposedException
                )
            {
                // One side is gone; the other goes with it.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isReply)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (_silence is { } silence)
            {
                await silence.Task.WaitAsync(_end.Token);
            }

            if (isReply && _losesReplies)
            {
                _losesReplies = false;
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
