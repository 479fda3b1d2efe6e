using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests.Network;

/// <summary>Stands in front of a port of loopback and can hold what passes, each way by itself.</summary>
/// <param name="target">The port behind.</param>
/// <param name="linkOf">Finds the link of a connection by the port that it comes from; null refuses it.</param>
internal sealed class TcpProxy(int target, Func<int, Link?> linkOf) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, FreePort.Find());
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, Socket> _open = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>Gets where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    private void Reset()
    {
        foreach (var (near, far) in _open)
        {
            near.Close(0);
            far.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Reset();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var near = await _listener.AcceptSocketAsync(_stopping.Token);
            _ = ServeAsync(near);
        }
    }

    private async Task ServeAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            try
            {
                if (linkOf(((IPEndPoint)near.RemoteEndPoint!).Port) is not { } link)
                {
                    return;
                }

                await link.There.PassAsync(_stopping.Token);
                await far.ConnectAsync(IPAddress.Loopback, target, _stopping.Token);
                _open[near] = far;
                await Task.WhenAll(PumpAsync(near, far, link.There), PumpAsync(far, near, link.Back));
            }
            catch (Exception broken)
                when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever is left sees a connection that broke.
                near.Close(0);
                far.Close(0);
            }
            finally
            {
                _open.TryRemove(near, out _);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Valve valve)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer, _stopping.Token);
            await valve.PassAsync(_stopping.Token);
            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < count; )
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token);
            }
        }
    }
}
