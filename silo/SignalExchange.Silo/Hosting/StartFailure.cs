using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.KeyService.Keys;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Hosting;

/// <summary>What keeps a process from starting and an operator can mend: a line each, and no trace.</summary>
/// <remarks>Pure.</remarks>
internal static class StartFailure
{
    /// <summary>Tells it in lines.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>At least one line; none if it is a bug, whose trace somebody needs.</returns>
    internal static IReadOnlyList<string> LinesOf(Exception failure) =>
        failure switch
        {
            OptionsValidationException refused => [.. refused.Failures],
            // Options that are validated at start are thrown together when several are refused, each again for those made of it.
            AggregateException all => LinesOfAll(all.Flatten().InnerExceptions),
            StorageInUseException
            or StorageFormatException
            or StorageUnavailableException
            or AccessLogDamagedException
            or AccessLogUnavailableException
            or AccessLogBusyException
            or KeyStoreException
            or CryptographicException
            or IOException => [failure.Message],
            _ => [],
        };

    private static string[] LinesOfAll(IReadOnlyCollection<Exception> failures)
    {
        var lines = failures.Select(LinesOf).ToArray();
        return lines.Any(each => each.Count == 0)
            ? []
            : [.. lines.SelectMany(each => each).Distinct(StringComparer.Ordinal)];
    }
}
