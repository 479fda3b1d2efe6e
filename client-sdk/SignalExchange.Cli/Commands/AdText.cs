using System.CommandLine;
using System.Text;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Cli.Commands;

/// <summary>Reads an ad.</summary>
internal static class AdText
{
    // A character has four bytes at most; a longer file is refused without being read to its end.
    private const int MaxBytes = (AdSketch.MaxTextLength * 4) + 1;

    public static Argument<string> Argument() =>
        new("file") { Description = "A text file with one ad; - reads standard input." };

    public static async Task<string> Read(string file, CancellationToken cancellationToken)
    {
        await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var bytes = new byte[MaxBytes];
        var count = await stream.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }
}
