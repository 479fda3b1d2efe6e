using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Hosting;

/// <summary>What a connection may cost before anybody has said who they are.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Gets or sets how many connections may be open; one more is closed at once.</summary>
    /// <value>From 1 to 1,000,000. The default is 2,000.</value>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 2_000;

    /// <summary>Gets or sets how many of the console's pages may be open at a time; one more is served, and does not live.</summary>
    /// <value>From 1 to 100,000. The default is 500.</value>
    [Range(1, 100_000)]
    public int MaxConsolePages { get; set; } = 500;

    /// <summary>Gets or sets how many streams one connection may have open; one more is refused with REFUSED_STREAM.</summary>
    /// <value>From 1 to 10,000. The default is 100.</value>
    [Range(1, 10_000)]
    public int MaxStreamsPerConnection { get; set; } = 100;

    /// <summary>Gets or sets how many bytes a request's headers may have, names and values.</summary>
    /// <value>From 8,192 to 1,048,576. The default is 16,384: a credential takes at most 4,096.</value>
    [Range(8_192, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 16_384;

    /// <summary>Gets or sets how many headers a request may have.</summary>
    /// <value>From 16 to 1,000. The default is 64.</value>
    [Range(16, 1_000)]
    public int MaxHeaders { get; set; } = 64;

    /// <summary>Gets or sets how many bytes a second a caller must send of a message and take of an answer, on the average.</summary>
    /// <value>From 1 to 1,000,000. The default is 240.</value>
    [Range(1, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>Gets or sets how long a caller may be slower than that.</summary>
    /// <value>From 2 seconds to 10 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan MinRateGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a message that has begun may take to arrive whole; of a unary call, from its headers on.</summary>
    /// <value>From 1 second to 10 minutes. The default is 30 seconds: 4 MiB at 140 kB a second.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the headers of a request, or the TLS handshake, may take to arrive.</summary>
    /// <value>From 1 second to 2 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a connection without a stream is kept open.</summary>
    /// <value>From 1 second to 1 hour. The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets after how long a silence a connection is pinged.</summary>
    /// <value>From 1 second to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the answer to a ping may take before the connection is closed.</summary>
    /// <value>From 1 second to 1 hour. The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
