using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace SignalExchange.Storage.Postgres;

/// <summary>PostgreSQL's and the network's errors as those of the ports.</summary>
internal static class PostgresErrors
{
    private const string Late = "The database did not answer in time. See what it waits for: pg_stat_activity.";

    /// <summary>Whether it is an error of the database or on the way to it, rather than a fault of the program.</summary>
    public static bool IsStorage(Exception error) =>
        error is DbException or SocketException or IOException or TimeoutException or AuthenticationException;

    /// <summary>Returns the error of a connection that was not made, or of a read.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="where">The database, in words.</param>
    public static StorageUnavailableException Unavailable(Exception error, string where) =>
        new($"{Advice(error)} The database is {where}.", error);

    /// <summary>Returns the error of a transaction that was sent: nothing was written, or nobody can tell.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="where">The database, in words.</param>
    public static Exception OfCommit(Exception error, string where) =>
        IsKnownNotWritten(error)
            ? Unavailable(error, where)
            : new CommitUnknownException(
                $"The connection was lost in the middle of a commit. Read head and log again. The database is {where}.",
                error
            );

    /// <summary>Whether the server said that it took the transaction back.</summary>
    /// <remarks>
    /// A FATAL ends the connection and may come between the commit and its reply; so may a cancellation (57014), which the
    /// server looks out for until the reply is on its way. Every other ERROR is raised before the commit.
    /// </remarks>
    public static bool IsKnownNotWritten(Exception error) =>
        error is PostgresException { InvariantSeverity: "ERROR", SqlState: not PostgresErrorCodes.QueryCanceled };

    private static string Advice(Exception error) =>
        error switch
        {
            PostgresException { SqlState: var state } => Advice(state),
            TimeoutException or DbException { InnerException: TimeoutException } => Late,
            AuthenticationException or DbException { InnerException: AuthenticationException } =>
                "The database's certificate is refused. See Root Certificate and SSL Mode in the connection string.",
            IOException or DbException { InnerException: IOException } =>
                "The connection to the database broke. See its own log.",
            _ => "The database can't be reached. It must run and take connections from this machine.",
        };

    private static string Advice(string state) =>
        state switch
        {
            PostgresErrorCodes.DiskFull => "The storage is full. Free space on the database's disk.",
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "The database refuses the login. See the connection string and the server's pg_hba.conf.",
            PostgresErrorCodes.InvalidCatalogName => "There is no such database. Make it: CREATE DATABASE.",
            PostgresErrorCodes.InsufficientPrivilege =>
                "The database's role may not do what the exchange needs. It must own the schema signalexchange.",
            PostgresErrorCodes.TooManyConnections =>
                "The database has no connection left. Raise its max_connections, or lower Writers and MaxReaders.",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                "The database is read-only, a standby for instance. Connect to the primary.",
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => Late,
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
                "The database is damaged. Restore it from a backup.",
            _ => $"The database failed with SQLSTATE {state}. See its own log.",
        };
}
