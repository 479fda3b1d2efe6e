using System.Net;
using System.Net.Sockets;

namespace SignalExchange.Cluster.Tests.Silos;

/// <summary>An address of its own that leads to an exchange, and counts who comes that way.</summary>
internal sealed class Doorway : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _accepting;
    private int _came;

    public Doorway(IPAddress address, int port, int target)
    {
        (_listener, _target) = (new(address, port), target);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Gets how many connections were made.</summary>
    public int Came => Volatile.Read(ref _came);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_closed.Token);
            Interlocked.Increment(ref _came);
            _ = Pass(near);
        }
    }

    private async Task Pass(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _target, _closed.Token);
                var (here, there) = (near.GetStream(), far.GetStream());
                await Task.WhenAny(here.CopyToAsync(there, _closed.Token), there.CopyToAsync(here, _closed.Token));
            }
            catch (Exception broken) when (broken is SocketException or OperationCanceledException)
            {
                // Whoever is left sees a connection that broke.
            }
        }
    }
}
