using Microsoft.Extensions.Logging;

namespace SignalExchange.AccessLog;

/// <summary>Everything that the access log logs.</summary>
internal static partial class AccessLogLog
{
    [LoggerMessage(1, LogLevel.Information, "Log {Origin} is open at {Size} entries, {Published} published.")]
    internal static partial void Opened(ILogger logger, string origin, long size, long published);

    [LoggerMessage(2, LogLevel.Information, "Log {Origin} is closed at {Size} entries, {Published} published.")]
    internal static partial void Closed(ILogger logger, string origin, long size, long published);

    [LoggerMessage(
        3,
        LogLevel.Error,
        "Log {Origin} can't be written at {Size} entries; calls are refused until it can."
    )]
    internal static partial void WritingFails(ILogger logger, Exception exception, string origin, long size);

    [LoggerMessage(4, LogLevel.Information, "Log {Origin} can be written again at {Size} entries.")]
    internal static partial void WritingWorksAgain(ILogger logger, string origin, long size);

    [LoggerMessage(5, LogLevel.Error, "Log {Origin} stopped for good at {Size} entries: restart this silo.")]
    internal static partial void Stopped(ILogger logger, Exception exception, string origin, long size);

    [LoggerMessage(6, LogLevel.Warning, "Log {Origin} could not publish {Size} entries; it tries again.")]
    internal static partial void PublishingFails(ILogger logger, Exception exception, string origin, long size);

    [LoggerMessage(7, LogLevel.Warning, "Witness {Witness} did not sign log {Origin} at {Size} entries.")]
    internal static partial void WitnessFails(
        ILogger logger,
        Exception exception,
        string witness,
        string origin,
        long size
    );

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "The clock jumped back: log {Origin} holds its time until the clock catches up."
    )]
    internal static partial void ClockJumpedBack(ILogger logger, string origin);

    [LoggerMessage(
        9,
        LogLevel.Information,
        "Made the signing key of log {Origin}: {VerifierKey}. Give it to auditors and witnesses."
    )]
    internal static partial void SigningKeyMade(ILogger logger, string origin, string verifierKey);

    [LoggerMessage(10, LogLevel.Warning, "Log {Origin} read back {Written} entries after a write of unknown outcome.")]
    internal static partial void ReadBack(ILogger logger, string origin, int written);

    [LoggerMessage(
        11,
        LogLevel.Error,
        "Log {Origin} kept {Entries} calls waiting for longer than they may; they were refused."
    )]
    internal static partial void CallersGaveUp(ILogger logger, string origin, int entries);
}
