using System.Globalization;

namespace SignalExchange.Client.Transport.Balancing;

/// <summary>What is left of a call's deadline, as its request says: header <c>grpc-timeout</c>, up to eight digits and a unit (gRPC over HTTP/2).</summary>
internal static class GrpcTimeout
{
    private const string Header = "grpc-timeout";

    /// <summary>Returns it; null for a call without a deadline.</summary>
    public static TimeSpan? Of(HttpRequestMessage request) =>
        request.Headers.TryGetValues(Header, out var values)
        && values.First() is [.. var digits, var unit]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? UnitOf(unit) * number
            : null;

    private static TimeSpan? UnitOf(char unit) =>
        unit switch
        {
            'H' => TimeSpan.FromHours(1),
            'M' => TimeSpan.FromMinutes(1),
            'S' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMilliseconds(1),
            'u' => TimeSpan.FromMicroseconds(1),
            'n' => TimeSpan.Zero, // less than a clock tells
            _ => null,
        };
}
