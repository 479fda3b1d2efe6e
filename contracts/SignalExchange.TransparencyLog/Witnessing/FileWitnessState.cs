using System.Text.Json;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>A witness's memory in a file: JSON with a version and the signed checkpoints, one a log.</summary>
/// <remarks>
/// The file is replaced whole, flushed, renamed into place, and its folder flushed. A file beside it, <c>.lock</c>, keeps a
/// second witness from using the same. Not safe from several threads; <see cref="Witness"/> sees to that.
/// </remarks>
public sealed class FileWitnessState : IWitnessState, IDisposable
{
    private const int Version = 1;
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Dictionary<string, SignedNote> _checkpoints;

    private FileWitnessState(string path, FileStream fileLock, Dictionary<string, SignedNote> checkpoints) =>
        (_path, _lock, _checkpoints) = (path, fileLock, checkpoints);

    /// <inheritdoc/>
    public IReadOnlyCollection<SignedNote> Checkpoints => _checkpoints.Values;

    /// <summary>Opens the file; a witness that has none yet begins with nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is none of a witness: never taken for an empty one.</exception>
    /// <exception cref="IOException">Another process uses it.</exception>
    public static FileWitnessState Open(string path)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fileLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            return new FileWitnessState(path, fileLock, File.Exists(path) ? Read(path) : []);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Save(SignedNote note)
    {
        var next = new Dictionary<string, SignedNote>(_checkpoints) { [Checkpoint.Of(note).Origin] = note };
        var stored = new Stored(Version, [.. next.Values.Select(it => it.ToString())]);
        DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(stored, JsonSerializerOptions.Web));
        _checkpoints[Checkpoint.Of(note).Origin] = note;
    }

    /// <summary>Lets another process use the file.</summary>
    public void Dispose() => _lock.Dispose();

    private static Dictionary<string, SignedNote> Read(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return stored is { Version: Version, Checkpoints: { } notes }
                ? notes
                    .Select(note => SignedNote.Parse(StrictText.Utf8.GetBytes(note)))
                    .ToDictionary(note => Checkpoint.Of(note).Origin)
                : throw new InvalidDataException($"'{path}' is not of version {Version}.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is no witness's state.", exception);
        }
    }

    private sealed record Stored(int Version, IReadOnlyList<string>? Checkpoints);
}
