using System.Globalization;
using SignalExchange.Client.Receipts;

namespace SignalExchange.Cli.Logs;

/// <summary>Receipts in a file, one in a line: those of answers are added, those to be proven are found.</summary>
internal sealed class ReceiptFile(string path) : IReceiptSink
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Record(AnswerReceipt receipt)
    {
        lock (_gate)
        {
            File.AppendAllText(path, receipt.ToJson() + "\n");
        }
    }

    /// <summary>Finds the receipt of an entry.</summary>
    /// <exception cref="UsageException">It is not in the file, or a line is no receipt.</exception>
    public async Task<AnswerReceipt> Find(long index, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                if (line.Length > 0 && AnswerReceipt.Parse(line) is { } receipt && receipt.Index == index)
                {
                    return receipt;
                }
            }
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{path}' holds a line that is no receipt. {exception.Message}");
        }

        throw new UsageException(
            string.Create(CultureInfo.InvariantCulture, $"'{path}' holds no receipt of entry {index}.")
        );
    }
}
