using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace SignalExchange.Silo.Tests.Hosting.Http2;

/// <summary>A client that writes HTTP/2 frames by hand (RFC 9113), as no library would.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte EndHeaders = 4;
    public const byte EndStream = 1;
    private const byte Acknowledged = 1;
    private const int FrameHeaderSize = 9;

    private readonly TcpClient _tcp = new();

    // A frame in the middle of another would be no frame, and who reads answers while another sends.
    private readonly SemaphoreSlim _sending = new(1, 1);
    private NetworkStream? _stream;

    private RawConnection() { }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NetworkStream Stream => _stream ?? throw new InvalidOperationException("Not connected.");

    /// <summary>Connects and says the preface (section 3.4), with a window for each stream as small as told.</summary>
    public static async Task<RawConnection> Open(Uri address, int initialWindow = 65_535)
    {
        var connection = new RawConnection();
        connection._tcp.NoDelay = true;
        await connection._tcp.ConnectAsync(address.Host, address.Port, Ct);
        connection._stream = connection._tcp.GetStream();
        await connection.SendBytes(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        var settings = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(settings, 4); // SETTINGS_INITIAL_WINDOW_SIZE
        BinaryPrimitives.WriteInt32BigEndian(settings.AsSpan(2), initialWindow);
        await connection.Send(Settings, 0, 0, settings);
        return connection;
    }

    /// <summary>Returns one frame.</summary>
    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(FrameHeaderSize));
        return frame;
    }

    /// <summary>Returns a header block: literals without indexing (RFC 7541 section 6.2.2).</summary>
    public static byte[] HeaderBlock(params (string Name, string Value)[] headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return [.. block];
    }

    /// <summary>Returns the headers of a gRPC call.</summary>
    public static byte[] CallHeaders(string path, params (string Name, string Value)[] others) =>
        HeaderBlock([
            (":method", "POST"),
            (":scheme", "http"),
            (":path", path),
            (":authority", "exchange"),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
            .. others,
        ]);

    /// <summary>Sends one frame; see <see cref="SendBytes"/>.</summary>
    public Task<bool> Send(byte type, byte flags, int stream, ReadOnlyMemory<byte> payload) =>
        SendBytes(Frame(type, flags, stream, payload.Span));

    /// <summary>Sends bytes, unless the server has closed the connection, which the next read shows in order.</summary>
    /// <returns>Whether they could be sent.</returns>
    public async Task<bool> SendBytes(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync(Ct);
        try
        {
            await Stream.WriteAsync(bytes, Ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Reads the next frame; null when the server closed the connection.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> Read()
    {
        try
        {
            var header = new byte[FrameHeaderSize];
            await Stream.ReadExactlyAsync(header, Ct);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >> 8];
            await Stream.ReadExactlyAsync(payload, Ct);
            return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads until a frame is as wanted, at most two minutes: the machine may have much else to do.</summary>
    /// <returns>The frame; null when the server closed the connection first.</returns>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadUntil(
        Func<(byte Type, byte Flags, int Stream, byte[] Payload), bool> isWanted
    )
    {
        var deadline = Task.Delay(TimeSpan.FromMinutes(2), Ct);
        while (true)
        {
            var next = Read();
            Assert.True(await Task.WhenAny(next, deadline) == next, "Waited two minutes for a frame.");
            if (await next is not { } frame || isWanted(frame))
            {
                return await next;
            }

            if (frame.Type is Settings or Ping && (frame.Flags & Acknowledged) == 0)
            {
                await Send(frame.Type, Acknowledged, 0, frame.Type == Ping ? frame.Payload : []);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        _sending.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void AddText(List<byte> block, string text)
    {
        AddNumber(block, text.Length);
        block.AddRange(Encoding.ASCII.GetBytes(text));
    }

    // RFC 7541 section 5.1, with a prefix of seven bits and the Huffman bit off.
    private static void AddNumber(List<byte> block, int number)
    {
        if (number < 127)
        {
            block.Add((byte)number);
            return;
        }

        block.Add(127);
        for (number -= 127; number >= 128; number >>= 7)
        {
            block.Add((byte)((number & 127) | 128));
        }

        block.Add((byte)number);
    }
}
