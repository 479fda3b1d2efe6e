using System.Globalization;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>Where what belongs to a log lies in the container.</summary>
/// <remarks>
/// <code>
/// format                  the version of all of it
/// LOG/journal/NUMBER      a segment of the journal, 10 digits: they lie in order
/// LOG/tile/...            resources that never change, by their paths
/// LOG/detail/...
/// </code>
/// A change here is a new <see cref="LogFormat.Format"/>.
/// </remarks>
internal static class LogBlobs
{
    public const string Format = "format";

    public static string Journal(string log) => log + "/journal/";

    public static string Segment(string log, long number) =>
        Journal(log) + number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Returns the number of a segment's blob.</summary>
    public static long NumberOf(string blob) =>
        long.Parse(blob.AsSpan(blob.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    public static string Resource(string log, string path) => $"{log}/{path}";

    public static string Partials(string log, string path) => $"{log}/{path}.p/";
}
