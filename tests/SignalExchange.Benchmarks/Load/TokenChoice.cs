namespace SignalExchange.Benchmarks.Load;

/// <summary>Which tokens a load asks about.</summary>
internal enum TokenChoice
{
    /// <summary>A million that nobody has reported, in random windows.</summary>
    Unknown,

    /// <summary>The same, but that one in a hundred is known: one of ten thousand.</summary>
    OneInHundredKnown,

    /// <summary>Ten thousand that nobody has reported, over and over.</summary>
    FewUnknown,

    /// <summary>Ones that were never asked about before.</summary>
    AlwaysNew,
}
