using System.Runtime.CompilerServices;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Azure.Archives;

/// <summary>Indicators in the order of their tokens, in a file that nobody else can open and that goes with the process.</summary>
/// <remarks>First written, then read once. For one thread.</remarks>
internal sealed class IndicatorSpool : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _file;
    private readonly BinaryWriter _writer;

    /// <summary>Makes the file, in the folder of temporary files.</summary>
    /// <exception cref="StorageUnavailableException">It can't be made.</exception>
    public IndicatorSpool()
    {
        var path = Path.Combine(Path.GetTempPath(), $"signalexchange-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = BufferBytes,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = Guarded(() => new FileStream(path, options));
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path); // A process that is killed leaves none behind.
        }

        _writer = new(_file);
    }

    /// <summary>Gets how many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the next one.</summary>
    /// <exception cref="StorageUnavailableException">There is no room.</exception>
    public void Add(IndicatorRow row) =>
        Guarded(() =>
        {
            _writer.Write(row.Token.ToArray());
            _writer.Write(row.Version);
            _writer.Write(row.State.Length);
            _writer.Write(row.State.Span);
            return ++Count;
        });

    /// <summary>Reads them.</summary>
    public IEnumerable<IndicatorRow> Read()
    {
        _ = Guarded(() =>
        {
            _writer.Flush();
            return _file.Seek(0, SeekOrigin.Begin);
        });
        using var reader = new BinaryReader(_file, System.Text.Encoding.UTF8, leaveOpen: true);
        for (var left = Count; left > 0; left--)
        {
            yield return Guarded(() =>
                new IndicatorRow(
                    new Token(reader.ReadBytes(Token.Size)),
                    reader.ReadInt64(),
                    reader.ReadBytes(reader.ReadInt32())
                )
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            _file.SafeFileHandle.Dispose(); // No room for what nobody reads any more.
        }
    }

    private static T Guarded<T>(Func<T> act, [CallerMemberName] string part = "")
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"The folder of temporary files ({Path.GetTempPath()}) can't be used for all indicators ({part}). Name another in TMPDIR.",
                exception
            );
        }
    }
}
