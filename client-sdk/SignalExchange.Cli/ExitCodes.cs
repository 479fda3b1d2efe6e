namespace SignalExchange.Cli;

/// <summary>What sigx exits with.</summary>
public static class ExitCodes
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Something was refused, by sigx or by the exchange; the output says what and why.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The exchange was not reached, or failed, or could not take everything just then; the same command again may do.</summary>
    public const int Unavailable = 3;

    /// <summary>It was interrupted; the same command again goes on, or says the same.</summary>
    public const int Interrupted = 130; // 128 and SIGINT's 2, as shells tell it.
}
