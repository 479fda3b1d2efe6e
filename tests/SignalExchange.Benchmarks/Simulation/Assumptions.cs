namespace SignalExchange.Benchmarks.Simulation;

/// <summary>What is assumed of machines, networks, storage and people, since it cannot be measured here.</summary>
internal static class Assumptions
{
    /// <summary>Cores of a silo, each as fast as one here.</summary>
    public const int Cores = 8;

    /// <summary>Shards of an exchange of this size: the most that its storage may be made with.</summary>
    public const int Shards = 4_096;

    /// <summary>A message from one silo to another, in seconds.</summary>
    public const double Hop = 0.000_25;

    /// <summary>Processor time of a message at each end, in seconds: what the runtime's own benchmarks say of a call, doubled.</summary>
    public const double Message = 0.000_02;

    /// <summary>How long the storage takes for a transaction that waits for no other, in seconds: Azure Tables, same region.</summary>
    public const double Write = 0.008;

    /// <summary>Entities a second of one partition of an Azure storage account: Microsoft's scalability targets for tables.</summary>
    public const double PartitionEntities = 2_000;

    /// <summary>Entities a second of one account: the same.</summary>
    public const double AccountEntities = 20_000;

    /// <summary>Signals in one transaction: 100 entities less the head and the row of the log.</summary>
    public const int SignalsInCommit = 98;

    /// <summary>Signals in a call that submits.</summary>
    public const int SignalsInCall = 100;

    /// <summary>After how long the balancer of load sends no more calls to a silo that died, in seconds: a probe a second.</summary>
    public const double BalancerNotices = 1;

    /// <summary>After how long the other silos take a silo's shards over, in seconds: three probes of two seconds, and a vote.</summary>
    public const double ClusterNotices = 7;

    /// <summary>Returns them as lines of text.</summary>
    public static IEnumerable<string> Lines =>
        [
            "costs are those of a silo on its embedded engine, whose storage works in its process; the runs above are on PostgreSQL, which is no part of them",
            $"a silo has {Cores} cores, each as fast as one here; every silo holds the whole index",
            $"{Shards} shards, spread evenly; calls come at random times to silos drawn at random, 100 signals to a call that submits",
            $"a message between silos takes {Hop * 1e3} ms and {Message * 1e6} us of a core at each end; a pair of silos has one under way, rows gather meanwhile",
            $"storage: Azure Tables, {Write * 1e3} ms a transaction of {SignalsInCommit} signals, {PartitionEntities} entities a second and partition (a shard), {AccountEntities} an account",
            "as many accounts as the entities need, once again half as many; shards are spread over them",
            $"a silo dies at half time: the balancer notices within {BalancerNotices} s, its shards have a new home after {ClusterNotices} s",
            "collections, the console, audits and key rotation are in the costs as far as they ran while those were measured",
        ];
}
