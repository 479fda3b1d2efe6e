using System.ComponentModel.DataAnnotations;

namespace SignalExchange.KeyService;

/// <summary>How the key service of this process keeps its keys and how hard it works.</summary>
public sealed class KeyServiceOptions
{
    /// <summary>Gets or sets the folder of the sealed keys: theirs alone, mode 0700, on a disk that is backed up.</summary>
    /// <value>A path; created when absent. The default is <c>data/keys</c>. Losing it loses every token ever made.</value>
    [Required]
    public string Folder { get; set; } = Path.Combine("data", "keys");

    /// <summary>Gets or sets whether other silos use the same folder: each change then takes the folder for a moment, and all follow.</summary>
    /// <value>
    /// The default is false: one process has the folder to itself. A shared one must be on a file system with locks and atomic renames
    /// that every silo sees at once: a disk of this machine, or NFS 4 mounted with <c>actimeo=1</c>.
    /// </value>
    public bool IsShared { get; set; }

    /// <summary>Gets or sets the file whose 32 random bytes seal the keys and the rotation vault.</summary>
    /// <value>
    /// A path, or null for <c>master.key</c> in <see cref="Folder"/>, made at the first start. The default is null. In production put
    /// it elsewhere, for example on a mounted secret, so that a copy of the folder opens nothing; it is never made there:
    /// <c>head -c 32 /dev/urandom &gt; master.key; chmod 400 master.key</c>.
    /// </value>
    [MinLength(1)]
    public string? MasterKeyFile { get; set; }

    /// <summary>Gets or sets whether keys that are not there are made: at the first start, and for new kinds of identifiers.</summary>
    /// <value>
    /// The default is true. In production set it to false after the first start: then a folder that was lost or not mounted stops
    /// the start instead of beginning anew with other keys.
    /// </value>
    public bool CreateMissingKeys { get; set; } = true;

    /// <summary>Gets or sets how long the epoch of a new key is planned to last.</summary>
    /// <value>From 14 to 366 days. The default is 90 days.</value>
    [Range(typeof(TimeSpan), "14.00:00:00", "366.00:00:00")]
    public TimeSpan EpochLength { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how many batches are evaluated at the same time, each on one core.</summary>
    /// <value>From 1 to 1,024. The default is the number of processors.</value>
    [Range(1, 1_024)]
    public int MaxConcurrentBatches { get; set; } = Environment.ProcessorCount;

    /// <summary>Gets or sets how many batches may wait for a place; beyond it they are refused.</summary>
    /// <value>From 0 to 10,000. The default is 64: about two seconds of one core.</value>
    [Range(0, 10_000)]
    public int MaxQueuedBatches { get; set; } = 64;
}
