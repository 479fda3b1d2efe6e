using System.Net;

namespace SignalExchange.Clustering.Tests;

/// <summary>Addresses of silos that nobody runs.</summary>
internal static class Silos
{
    public static SiloAddress Number(int number, int generation = 1) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 10_000 + number), generation);

    public static SiloAddress[] First(int count) => [.. Enumerable.Range(0, count).Select(number => Number(number))];
}
