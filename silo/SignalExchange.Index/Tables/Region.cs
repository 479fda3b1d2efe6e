using System.Runtime.InteropServices;

namespace SignalExchange.Index.Tables;

/// <summary>A piece of native memory, of which only what was written takes memory. Freed when nothing refers to it.</summary>
internal sealed unsafe partial class Region : SafeHandle
{
    /// <summary>The size of a page, and what the region begins at a multiple of.</summary>
    public const int PageBytes = 4096;

    private const int DontNeed = 4; // MADV_DONTNEED

    /// <summary>Takes new memory. What is in it is undefined.</summary>
    /// <param name="bytes">How much, in whole pages.</param>
    public Region(nuint bytes)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        Bytes = bytes;
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, PageBytes));
    }

    /// <summary>Gets its size.</summary>
    public nuint Bytes { get; }

    /// <summary>Gets where it begins. Valid as long as something refers to the region.</summary>
    public nint Address => handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Gives the pages back to the system. The region stays readable, as zeros, and writable, as new.</summary>
    /// <remarks>On Linux; elsewhere the region keeps its pages, and all else is the same.</remarks>
    public void Discard()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(handle, Bytes, DontNeed); // fails on pages that are locked into memory: then it keeps them
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint bytes, int advice);
}
