using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SignalExchange.KeyService.Keys;

/// <summary>Files that only their owner reads, and that are whole or not there whatever happens while they are written.</summary>
/// <remarks>On Windows, access is what the folder's access control list says, and a folder need not be flushed.</remarks>
internal static partial class SecretFiles
{
    /// <summary>What stands behind a path while the file is written; whoever finds one at the start finds the rest of a crash.</summary>
    internal const string TemporarySuffix = ".tmp";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    private const UnixFileMode AnyoneElse = (UnixFileMode)0b000_111_111;
    private const UnixFileMode AnyoneElseButGroupReading = AnyoneElse & ~UnixFileMode.GroupRead;

    /// <summary>Makes a folder for its owner only, unless it is there; refuses one that is open to others.</summary>
    /// <exception cref="KeyStoreException">It is open to others.</exception>
    internal static void EnsureFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
            RefuseMode(path, AnyoneElse, "chmod 700");
        }
    }

    /// <summary>Reads a whole file; refuses one that others may read or write.</summary>
    /// <exception cref="KeyStoreException">It is open to others.</exception>
    internal static byte[] Read(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            // A mounted secret of Kubernetes is readable by the pod's group.
            RefuseMode(path, AnyoneElseButGroupReading, "chmod 600");
        }

        return File.ReadAllBytes(path);
    }

    /// <summary>Writes a file in full, or replaces it, so that a crash leaves the old one or the new one.</summary>
    /// <exception cref="IOException">It was not written, or it was and a crash may take it back.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, FlushFolderOf);

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="flushFolderOf">Makes the rename last: <see cref="FlushFolderOf"/>, but in tests.</param>
    internal static void Write(string path, ReadOnlySpan<byte> content, Action<string> flushFolderOf)
    {
        var temporary = path + TemporarySuffix;
        File.Delete(temporary); // What a crash left may have another mode.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        flushFolderOf(path);
    }

    /// <summary>Deletes a file, for good before this returns.</summary>
    internal static void Delete(string path)
    {
        File.Delete(path);
        FlushFolderOf(path);
    }

    /// <summary>A renamed file is on the disk only when its folder is.</summary>
    internal static void FlushFolderOf(string path)
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

    private static void RefuseMode(string path, UnixFileMode forbidden, string remedy)
    {
        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & forbidden) is not UnixFileMode.None and var open
        )
        {
            throw new KeyStoreException($"'{path}' is open to others ({open}). Run: {remedy} '{path}'.");
        }
    }

    // .NET opens no folders. O_RDONLY is 0 on every Unix.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
