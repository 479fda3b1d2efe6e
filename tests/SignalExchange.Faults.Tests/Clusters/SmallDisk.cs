using System.Diagnostics;
using System.Globalization;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>A small disk in memory that one process sees in place of a folder (mount_namespaces(7)); root or not.</summary>
internal static class SmallDisk
{
    private const string MountAndRun = """
        disk=$1; size=$2; shift 2
        cp -a "$disk" "$disk.before" && mount -t tmpfs -o "size=$size" tmpfs "$disk" && cp -a "$disk.before/." "$disk" && rm -r "$disk.before" && exec "$@"
        """;

    /// <summary>Returns what starts a program so, as whoever runs this: with the folder's files on the disk.</summary>
    /// <remarks>Who is not root is root to themselves for the mount, and then themselves again (user_namespaces(7)).</remarks>
    public static IReadOnlyList<string> LauncherAsUserFor(string folder, int megabytes) =>
        [
            .. LauncherFor(folder, megabytes),
            .. Environment.IsPrivilegedProcess ? [] : new[] { "unshare", $"--map-user={Environment.UserName}" },
        ];

    /// <summary>Returns what starts a program so: with the folder's files on the disk.</summary>
    public static IReadOnlyList<string> LauncherFor(string folder, int megabytes) =>
        [
            "unshare",
            "--mount",
            .. Environment.IsPrivilegedProcess ? [] : new[] { "--map-root-user" },
            "sh",
            "-c",
            MountAndRun,
            "sh",
            folder,
            megabytes.ToString(CultureInfo.InvariantCulture) + "m",
        ];

    /// <summary>Writes a file until nothing more fits.</summary>
    public static void Fill(string file)
    {
        using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[64 * 1024]; block.Length > 0; block = new byte[block.Length / 2])
        {
            while (TryWrite(ballast, block))
            {
                // One more.
            }
        }
    }

    /// <summary>Copies the disk's files to where everybody finds them.</summary>
    public static void CopyOut(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }

    private static bool TryWrite(FileStream file, byte[] block)
    {
        try
        {
            file.Write(block);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
