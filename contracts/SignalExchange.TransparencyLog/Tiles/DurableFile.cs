using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Files that are there whole or not at all, and survive a loss of power once they are.</summary>
internal static partial class DurableFile
{
    /// <summary>Writes a file: beside its place first, flushed, renamed into it, and the folder flushed.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var draft = path + ".new";
        using (var file = File.OpenHandle(draft, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(draft, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a folder and those above it, each one's name flushed in the one above.</summary>
    public static void CreateFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full) && Path.GetDirectoryName(full) is { } above)
        {
            CreateFolder(above);
            Directory.CreateDirectory(full);
            FlushFolder(above);
        }
    }

    // A renamed file is on disk when its folder is; Windows flushes names with the file.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = Open(folder, 0);
        if (handle.IsInvalid)
        {
            throw new IOException(
                $"'{folder}' cannot be opened to be flushed (error {Marshal.GetLastPInvokeError()})."
            );
        }

        RandomAccess.FlushToDisk(handle);
    }

    // .NET opens no folders. O_RDONLY is 0 on every Unix.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
