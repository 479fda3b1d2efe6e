namespace SignalExchange.Audit.Anomalies;

/// <summary>One hour of the week of one member, over the weeks.</summary>
internal sealed class VolumeState
{
    /// <summary>Gets or sets the first hour in which it was seen at all: before it there is no past, after it silence counts as 0.</summary>
    public long? FirstHour { get; set; }

    /// <summary>Gets or sets the hours with traffic, oldest first; the last one may still run.</summary>
    public List<HourCount> Hours { get; set; } = [];

    /// <summary>Gets or sets the last entries of the last hour.</summary>
    public List<long> Indexes { get; set; } = [];

    /// <summary>Gets or sets the hour that was told of last.</summary>
    public long ToldHour { get; set; } = -1;
}
