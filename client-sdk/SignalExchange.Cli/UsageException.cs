namespace SignalExchange.Cli;

/// <summary>The command line, or a file that it names, is wrong; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
