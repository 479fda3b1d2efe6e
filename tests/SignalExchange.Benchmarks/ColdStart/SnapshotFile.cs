using System.Runtime.InteropServices;

namespace SignalExchange.Benchmarks.ColdStart;

/// <summary>The snapshot's file: read as bare as can be, with or without what the system keeps of it in memory.</summary>
internal static partial class SnapshotFile
{
    private const int PieceBytes = 192 * 1024;
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Reads a file to its end, into the same piece of memory again and again.</summary>
    public static async Task Read(string path)
    {
        var piece = new byte[PieceBytes];
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 0,
            FileOptions.Asynchronous
        );
        while (await file.ReadAsync(piece) > 0) { }
    }

    /// <summary>Lets the system forget what it keeps of a file in memory, so that the next to read it goes to the disk. On Linux.</summary>
    public static void Forget(string path)
    {
        using var file = File.OpenHandle(path);
        if (Advise(file.DangerousGetHandle().ToInt32(), 0, 0, DontNeed) != 0)
        {
            throw new IOException("The system keeps what it has of the file.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(int file, long offset, long length, int advice);
}
