using System.Security.Cryptography;
using SignalExchange.Storage.Files;

namespace SignalExchange.AccessLog.Keys;

/// <summary>The files of one log's keys: each wrapped, each its owner's alone.</summary>
internal sealed class LogKeyFolder
{
    private const string Extension = ".key";
    private const string ShreddedExtension = ".shredded";

    private readonly string _folder;
    private readonly string _log;
    private readonly ILogSecrets _secrets;

    /// <summary>Makes the folder if need be, and clears away what a crash left.</summary>
    public LogKeyFolder(string folder, string log, ILogSecrets secrets)
    {
        (_folder, _log, _secrets) = (Path.Combine(Path.GetFullPath(folder), log), log, secrets);
        DurableFiles.CreateFolder(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*" + DurableFiles.TemporarySuffix))
        {
            DurableFiles.Destroy(file, RandomNumberGenerator.GetBytes(WrappedKey.FileSize));
        }
    }

    /// <summary>Returns the path of a file that is not a key.</summary>
    public string In(string file) => Path.Combine(_folder, file);

    /// <summary>Reads a key.</summary>
    /// <param name="name">Which.</param>
    /// <param name="key">Where its 32 bytes go; the caller clears them.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="AccessLogDamagedException">The file is not a key, or another master key wrapped it.</exception>
    public bool TryRead(string name, Span<byte> key)
    {
        var file = In(name + Extension);
        if (!File.Exists(file))
        {
            return false;
        }

        return WrappedKey.TryUnwrap(File.ReadAllBytes(file), key, _log, name, _secrets)
            ? true
            : throw new AccessLogDamagedException(
                $"'{file}' can't be opened: it is damaged, or another master key sealed it. Restore both from one backup."
            );
    }

    /// <summary>Makes a new random key where none is, on stable storage before it is used.</summary>
    public void Create(string name, Span<byte> key)
    {
        RandomNumberGenerator.Fill(key);
        DurableFiles.Write(In(name + Extension), WrappedKey.Wrap(key, _log, name, _secrets));
    }

    /// <summary>Whether a key was destroyed. It is never made again.</summary>
    public bool IsShredded(string name) => File.Exists(In(name + ShreddedExtension));

    /// <summary>Destroys a key: overwritten, deleted, both flushed.</summary>
    /// <remarks>
    /// 1. A mark says that it is gone, so that a crash after 2 leaves no doubt and nobody makes it anew. 2. Then it goes. A mark
    /// beside a key is a shredding that a crash cut short: shredding again ends it.
    /// </remarks>
    public void Shred(string name)
    {
        DurableFiles.Write(In(name + ShreddedExtension), []); // 1.
        DurableFiles.Destroy(In(name + Extension), RandomNumberGenerator.GetBytes(WrappedKey.FileSize)); // 2.
    }

    /// <summary>Ends the shreddings that a crash cut short.</summary>
    public void FinishShredding()
    {
        foreach (var mark in Directory.EnumerateFiles(_folder, "*" + ShreddedExtension))
        {
            var key = Path.ChangeExtension(mark, Extension);
            DurableFiles.Destroy(key, RandomNumberGenerator.GetBytes(WrappedKey.FileSize));
        }
    }
}
