using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>Verifies access logs from outside, and that each goes on from where it was seen the last time.</summary>
internal sealed class AccessLogWitness : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, SignedNote> _seen = [];

    /// <summary>Verifies a log.</summary>
    /// <param name="tiles">Where logs are served.</param>
    /// <param name="log">Its name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many entries it has, and what is wrong with it.</returns>
    public async Task<(long Size, IReadOnlyList<string> Findings)> VerifyAsync(
        Uri tiles,
        string log,
        CancellationToken cancellationToken
    )
    {
        var source = new HttpTileSource(_http, new Uri(tiles, log));
        var key = await source.ReadVerifierKeyAsync(cancellationToken);
        var policy = new CheckpointPolicy(
            [VerifierKey.Parse(Encoding.UTF8.GetString(key!.Value.Span).TrimEnd())],
            [],
            0
        );
        var options = new LogVerifierOptions { Policy = policy, Since = _seen.GetValueOrDefault(log) };
        var found = await new LogVerifier(source, options).VerifyAsync(null, cancellationToken);
        if (found is { IsIntact: true, Note: { } note })
        {
            _seen[log] = note;
        }

        return (
            found.Checkpoint?.Checkpoint.Size ?? 0,
            found.IsIntact ? [] : [.. found.Findings.Select(finding => $"{log}: {finding}"), $"{log} is not intact."]
        );
    }

    /// <summary>Returns when a log's newest entry was made, by the clock of who made it.</summary>
    public async Task<DateTimeOffset> NewestTimeAsync(Uri tiles, string log, CancellationToken cancellationToken)
    {
        var (size, _) = await VerifyAsync(tiles, log, cancellationToken);
        var last = TilePath.Entries((size - 1) / TilePath.FullWidth, (int)((size - 1) % TilePath.FullWidth) + 1);
        var bundle = await new HttpTileSource(_http, new Uri(tiles, log)).ReadAsync(last, cancellationToken);
        return AccessLogEntry.Parser.ParseFrom(EntryBundle.Read(bundle!.Value)[^1].Span).Time.ToDateTimeOffset();
    }

    public void Dispose() => _http.Dispose();
}
