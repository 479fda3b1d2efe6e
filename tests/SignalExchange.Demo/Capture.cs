namespace SignalExchange.Demo;

/// <summary>Writes every message that goes through a client to a file: headers and bodies, both ways, as they are before TLS would hide them.</summary>
internal sealed class Capture(string file) : IDisposable
{
    private readonly FileStream _file = new(file, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>Makes a handler that captures.</summary>
    public HttpMessageHandler CreateHandler() =>
        new CapturingHandler(this, new SocketsHttpHandler { EnableMultipleHttp2Connections = true });

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_file)
        {
            _file.Write(bytes);
        }
    }

    public void Dispose() => _file.Dispose();
}
