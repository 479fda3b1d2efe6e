using System.Text.Json.Serialization;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>One line of a data file.</summary>
/// <param name="Id">Its name in the file of gray pairs.</param>
/// <param name="Cluster">The same for all ads of one template.</param>
/// <param name="Text">The ad.</param>
/// <param name="Kind"><c>real</c>, <c>syn</c> (made of another by edits) or <c>single</c> (has no partner).</param>
/// <param name="Group">Where it is from; not looked at.</param>
/// <param name="Lang">Its language; not looked at.</param>
/// <param name="Edit">What was done to it, <c>base</c> for nothing; null unless it is <c>syn</c>.</param>
internal sealed record AdRow(
    string Id,
    string Cluster,
    string Text,
    string Kind,
    string? Group,
    string? Lang,
    string? Edit
)
{
    public const string Made = "syn";
    public const string Single = "single";
    public const string Base = "base";

    /// <summary>Gets whether somebody wrote it, rather than an edit model.</summary>
    [JsonIgnore]
    public bool IsOriginal => Kind != Made || Edit == Base;

    /// <summary>Gets under what name its recall is counted.</summary>
    [JsonIgnore]
    public string Level => Kind == Made ? Edit ?? Made : Kind;
}
