using System.Globalization;

namespace SignalExchange.AccessLog.Tests.Recovery;

/// <summary>The process that appends with many callers and prints the number of each entry that is acknowledged, and its index.</summary>
internal static class AppendUntilKilled
{
    public const string Role = "--append-until-killed";

    private const int Callers = 64;

    private static int _next;

    public static async Task<int> RunAsync(string folder)
    {
        await using var log = await LogUnderTest.StartAsync(folder);
        _next = (int)log.Reader.Size;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AppendAsync(log)));
        return 0;
    }

    private static async Task AppendAsync(LogUnderTest log)
    {
        while (true)
        {
            var number = Interlocked.Increment(ref _next);
            var receipt = await log.AppendOneAsync(number);

            // The dot shows that the line is whole.
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{number} {receipt.Index} .")
            );
        }
    }
}
