namespace SignalExchange.Benchmarks.Peers;

/// <summary>What the exchange is held against.</summary>
internal enum PeerKind
{
    /// <summary>A method that does nothing, behind the exchange's own door: its connection limits, tokens and roles.</summary>
    Empty,

    /// <summary>A method that does nothing, for anybody.</summary>
    Bare,

    /// <summary>A dictionary in the process.</summary>
    Dictionary,

    /// <summary>Redis: one MGET a batch, pipelined.</summary>
    Redis,

    /// <summary>PostgreSQL: one prepared query a batch.</summary>
    Postgres,

    /// <summary>One grain a token.</summary>
    Grains,
}
