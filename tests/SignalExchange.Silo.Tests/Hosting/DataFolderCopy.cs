namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>Copies data folders: one that an enrolment left, or one as a process leaves it that is killed.</summary>
internal static class DataFolderCopy
{
    /// <summary>Copies all but the locks, which whoever lives holds and which hold nothing.</summary>
    public static void Make(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
        {
            MakeFolder(CopyOf(folder), like: folder);
        }

        var files = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(it => !it.EndsWith("lock", StringComparison.Ordinal)))
        {
            File.Copy(file, CopyOf(file));
        }

        string CopyOf(string path) => Path.Combine(to, Path.GetRelativePath(from, path));
    }

    // Keys are refused in a folder that is open to others.
    private static void MakeFolder(string path, string like)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, File.GetUnixFileMode(like));
        }
    }
}
