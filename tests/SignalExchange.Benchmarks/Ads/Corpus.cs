using SignalExchange.Tokens.Templates.Shingles;
using SignalExchange.Tokens.Templates.Skeletons;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>What is known of the runs of letters of many ads.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<uint, string> _onlyCluster = [];

    public Corpus(IReadOnlyList<SketchedAd> ads)
    {
        Texts = [.. ads.Select(ad => (ad.Row.Cluster, ShingleSet.Of(Skeleton.Of(ad.Row.Text).Letters)))];
        var counts = new Dictionary<uint, int>();
        foreach (var (cluster, shingles) in Texts)
        {
            foreach (var shingle in shingles)
            {
                counts[shingle] = counts.GetValueOrDefault(shingle) + 1;
                _onlyCluster[shingle] = _onlyCluster.GetValueOrDefault(shingle, cluster) == cluster ? cluster : "";
            }
        }

        Shares = counts.ToDictionary(it => it.Key, it => it.Value / (Texts.Count + 1.0));
    }

    /// <summary>Gets each text's cluster and runs.</summary>
    public IReadOnlyList<(string Cluster, uint[] Shingles)> Texts { get; }

    /// <summary>Gets in what share of the texts each run stands.</summary>
    public IReadOnlyDictionary<uint, double> Shares { get; }

    /// <summary>Returns whether somebody who never saw the cluster knows the run.</summary>
    public bool IsKnownOutside(uint shingle, string cluster) => _onlyCluster[shingle] != cluster;
}
