using System.Net;
using SignalExchange.Client.Receipts;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.Cli.Logs;

/// <summary>Opens what the log commands' options name.</summary>
internal static class LogFiles
{
    /// <summary>Opens a log.</summary>
    /// <param name="from">A folder, or an address that begins with http.</param>
    /// <param name="client">Reads from addresses.</param>
    public static ITileSource OpenSource(string from, HttpClient client)
    {
        if (Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return new HttpTileSource(client, address);
        }

        return Directory.Exists(from)
            ? new FolderTileSource(from)
            : throw new UsageException($"There is no folder '{from}'; --from takes a folder or an http address.");
    }

    /// <summary>Returns a client that takes compressed bundles.</summary>
    public static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.GZip,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            disposeHandler: true
        );

    /// <summary>Reads a checkpoint that was kept.</summary>
    /// <exception cref="UsageException">The file is none.</exception>
    public static async Task<SignedNote> ReadCheckpoint(string file, CancellationToken cancellationToken)
    {
        try
        {
            var note = SignedNote.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            _ = Checkpoint.Of(note);
            return note;
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{file}' is no checkpoint. {exception.Message}");
        }
    }

    /// <summary>Reads the key that a log names itself.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    public static async Task<VerifierKey> ReadNamedKey(ITileSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadVerifierKeyAsync(cancellationToken) is { } bytes
                ? VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(bytes.Span).TrimEnd())
                : throw new UsageException("The log names no key of its own: give it as --key.");
        }
        catch (FormatException exception)
        {
            throw new UsageException($"The key that the log names is none, give it as --key. {exception.Message}");
        }
    }

    /// <summary>Reads a proof: of an entry alone, or of an answer.</summary>
    /// <exception cref="UsageException">The file is none.</exception>
    public static async Task<(LogProof Entry, AnswerProof? Answer)> ReadProof(
        string file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            if (bytes is not [(byte)'{', ..])
            {
                return (LogProof.Parse(bytes), null);
            }

            var answer = AnswerProof.Parse(System.Text.Encoding.UTF8.GetString(bytes));
            return (answer.Proof, answer);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{file}' is no proof. {exception.Message}");
        }
    }

    /// <summary>Reads a private key.</summary>
    /// <exception cref="UsageException">The file is none; what it holds is not repeated.</exception>
    public static async Task<NoteSigner> ReadSigner(string file, CancellationToken cancellationToken)
    {
        try
        {
            return NoteSigner.Parse((await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd());
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{file}' is no private key. {exception.Message}");
        }
    }
}
