using Microsoft.Extensions.Logging;
using SignalExchange.Contracts;
using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService;

/// <summary>Everything that the key service logs.</summary>
internal static partial class KeyServiceLog
{
    [LoggerMessage(1, LogLevel.Information, "Opened {Keys} keys in {File}.")]
    internal static partial void Opened(ILogger logger, int keys, string file);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Made the first {Keys} keys in {File}. Back them up together with the master key {MasterKeyFile}. If this is not the first "
            + "start, stop and restore the folder: tokens made with other keys mean nothing to these."
    )]
    internal static partial void FirstKeysMade(ILogger logger, int keys, string file, string masterKeyFile);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Made {Keys} keys for kinds of identifiers that are new: {Types}. Back up the folder."
    )]
    internal static partial void KeysMade(ILogger logger, int keys, string types);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Key {KeyId} has passed the planned end of its epoch, {NotAfter:u}. It stays in force until another key follows."
    )]
    internal static partial void EpochOverdue(ILogger logger, KeyId keyId, DateTimeOffset notAfter);

    [LoggerMessage(5, LogLevel.Information, "Key {KeyId} is announced. Back up the folder.")]
    internal static partial void Announced(ILogger logger, KeyId keyId);

    [LoggerMessage(6, LogLevel.Warning, "Key {KeyId} is in force; the one before it serves checks for {Overlap}.")]
    internal static partial void Switched(ILogger logger, KeyId keyId, TimeSpan overlap);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "Key {KeyId} is destroyed. Destroy it in your backups of the folder, too, or whoever holds one can still read old tokens."
    )]
    internal static partial void Destroyed(ILogger logger, KeyId keyId);

    [LoggerMessage(
        8,
        LogLevel.Error,
        "The keys that all silos share cannot be followed. This silo goes on with those it knows."
    )]
    internal static partial void Behind(ILogger logger, KeyStoreException failure);
}
