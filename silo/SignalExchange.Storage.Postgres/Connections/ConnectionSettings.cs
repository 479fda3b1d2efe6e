using System.Globalization;
using System.Net;
using Npgsql;

namespace SignalExchange.Storage.Postgres.Connections;

/// <summary>What an operator said about the database, read and held to the rules.</summary>
/// <remarks>No message repeats the connection string or a part of it but host, port and database: it may hold a password.</remarks>
internal static class ConnectionSettings
{
    /// <summary>The schema that all tables are in.</summary>
    public const string Schema = "signalexchange";

    // How much longer than the server the exchange waits, so that it is the server that says what happened.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Returns what is wrong with the settings; null when nothing is.</summary>
    public static string? FindFault(PostgresStorageOptions options)
    {
        try
        {
            _ = Read(options);
            return null;
        }
        catch (StorageFormatException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Returns the connection string's settings as the exchange uses them.</summary>
    /// <exception cref="StorageFormatException">They can't be read, or break a rule. The message says which.</exception>
    public static NpgsqlConnectionStringBuilder Read(PostgresStorageOptions options)
    {
        var settings =
            TryParse(Text(options))
            ?? throw new StorageFormatException(
                "The connection string can't be read. It is Keyword=value pairs with semicolons in between, in Npgsql's keywords."
            );
        Require(settings.Host is { Length: > 0 }, "The connection string names no Host.");
        Require(settings.Database is { Length: > 0 }, "The connection string names no Database.");
        Require(!settings.Multiplexing, "Multiplexing is not possible here: a commit needs its connection to itself.");
        Require(
            settings.SslMode is not (SslMode.Disable or SslMode.Allow or SslMode.Prefer) || IsLocal(settings.Host!),
            "The connection to the database leaves this machine without TLS. Set SSL Mode=VerifyFull."
        );
        return Complete(settings, options);
    }

    /// <summary>Returns what may be said about where the database is.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) =>
        string.Create(CultureInfo.InvariantCulture, $"{settings.Database} at {settings.Host}:{settings.Port}");

    private static string Text(PostgresStorageOptions options)
    {
        Require(
            string.IsNullOrWhiteSpace(options.ConnectionString)
                != string.IsNullOrWhiteSpace(options.ConnectionStringFile),
            $"Set one of {nameof(options.ConnectionString)} and {nameof(options.ConnectionStringFile)}."
        );
        if (string.IsNullOrWhiteSpace(options.ConnectionStringFile))
        {
            return options.ConnectionString!;
        }

        try
        {
            return File.ReadAllText(options.ConnectionStringFile).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFormatException(
                $"{nameof(options.ConnectionStringFile)} '{options.ConnectionStringFile}' can't be read by the exchange's user.",
                exception
            );
        }
    }

    // The cause of a failure is left out: its message may repeat what could not be read.
    private static NpgsqlConnectionStringBuilder? TryParse(string text)
    {
        try
        {
            return new(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static NpgsqlConnectionStringBuilder Complete(
        NpgsqlConnectionStringBuilder settings,
        PostgresStorageOptions options
    )
    {
        settings.SearchPath = Schema;
        settings.Enlist = false;
        settings.Pooling = true;
        settings.NoResetOnClose = true; // Nothing here changes a session.
        settings.IncludeErrorDetail = false; // It would repeat keys, and so tokens.
        settings.PersistSecurityInfo = false;
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.Timeout = Seconds(options.ConnectTimeout);
        settings.CommandTimeout = Seconds(options.StatementTimeout + Patience);
        settings.CancellationTimeout = (int)Patience.TotalMilliseconds;
        settings.Options = $"{settings.Options} {SessionSettings(options)}".Trim();
        if (settings.Host!.Contains(',', StringComparison.Ordinal) && settings.TargetSessionAttributes is null)
        {
            settings.TargetSessionAttributes = "read-write";
        }

        return settings;
    }

    // Every statement here goes by a key; a plan that was made while a table was small must not read it whole later.
    // synchronous_commit: a server may have it off for all others. lock_timeout ends before the statement's: its error is sure.
    private static string SessionSettings(PostgresStorageOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"-c synchronous_commit=on -c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off "
                + $"-c statement_timeout={(long)options.StatementTimeout.TotalMilliseconds} "
                + $"-c lock_timeout={(long)(options.StatementTimeout.TotalMilliseconds * 0.8)} "
                + $"-c idle_in_transaction_session_timeout={(long)options.StatementTimeout.TotalMilliseconds}"
        );

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    private static bool IsLocal(string hosts) =>
        hosts
            .Split(',')
            .All(host =>
                host.StartsWith('/')
                || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            );

    private static void Require(bool holds, string broken)
    {
        if (!holds)
        {
            throw new StorageFormatException(broken);
        }
    }
}
