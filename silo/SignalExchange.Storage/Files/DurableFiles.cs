using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SignalExchange.Storage.Files;

/// <summary>Files that only their owner reads, that are whole or not there whatever happens while they are written, and stay.</summary>
/// <remarks>On Windows, access is what the folder's access control list says, and a folder need not be flushed.</remarks>
public static partial class DurableFiles
{
    /// <summary>What stands behind a path while the file is written; whoever finds one at the start finds the rest of a crash.</summary>
    public const string TemporarySuffix = ".tmp";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, for their owner only. Each is on stable storage in the one above it.</summary>
    /// <param name="path">A full path.</param>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }

        FlushFolderOf(path);
    }

    /// <summary>Writes a file in full, or replaces it, so that a crash leaves the old one or the new one.</summary>
    /// <param name="path">Where, in a folder that is there.</param>
    /// <param name="content">The bytes.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var file = CreateTemporary(path))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        PutInPlace(path);
    }

    /// <summary>Writes a file piece by piece, or replaces it, so that a crash or a failure leaves the old one or the new one.</summary>
    /// <param name="path">Where, in a folder that is there.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="cancellationToken">Handed to the writing; honoured until the file takes its place.</param>
    public static async Task WriteAsync(
        string path,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var file = CreateTemporary(path);
            await write(file, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path + TemporarySuffix); // It may be large, and nobody will go on with it.
            throw;
        }

        PutInPlace(path);
    }

    /// <summary>Overwrites a file where it lies, then deletes it; both are on stable storage when this returns.</summary>
    /// <param name="path">The file; nothing happens when it is not there.</param>
    /// <param name="content">What to overwrite it with, from its beginning.</param>
    /// <remarks>A disk that remaps blocks may keep the old ones: what matters must have been encrypted in them.</remarks>
    public static void Destroy(string path, ReadOnlySpan<byte> content)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Delete(path);
    }

    /// <summary>Deletes a file, for good before this returns.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        FlushFolderOf(path);
    }

    /// <summary>Flushes the folder that a file or folder is in: a renamed file is on the disk only when its folder is.</summary>
    public static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var handle = Open(folder, flags: 0);
        if (handle.IsInvalid)
        {
            throw new IOException(
                $"'{folder}' cannot be opened to be flushed (error {Marshal.GetLastPInvokeError()})."
            );
        }

        RandomAccess.FlushToDisk(handle);
    }

    private static FileStream CreateTemporary(string path)
    {
        File.Delete(path + TemporarySuffix); // What a crash left may have another mode.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path + TemporarySuffix, options);
    }

    private static void PutInPlace(string path)
    {
        File.Move(path + TemporarySuffix, path, overwrite: true);
        FlushFolderOf(path);
    }

    // .NET opens no folders. O_RDONLY is 0 on every Unix.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
