namespace SignalExchange.Benchmarks.Tests;

/// <summary>Files of a test, gone with it.</summary>
internal sealed class DataFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-benchmarks-").FullName;

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string content)
    {
        var path = PathOf($"{Guid.CreateVersion7():N}");
        File.WriteAllText(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
