using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace SignalExchange.Storage.Postgres.Tests;

public sealed class PostgresErrorsTests
{
    [Theory]
    [InlineData("ERROR", PostgresErrorCodes.DiskFull)]
    [InlineData("ERROR", PostgresErrorCodes.DeadlockDetected)]
    [InlineData("ERROR", PostgresErrorCodes.LockNotAvailable)]
    public void Transaction_that_the_server_took_back_is_unavailable(string severity, string state) =>
        Assert.IsType<StorageUnavailableException>(PostgresErrors.OfCommit(Error(severity, state), "exchange"));

    [Theory]
    [InlineData("FATAL", PostgresErrorCodes.AdminShutdown)]
    [InlineData("PANIC", PostgresErrorCodes.InternalError)]
    [InlineData("ERROR", PostgresErrorCodes.QueryCanceled)]
    public void Transaction_that_may_have_happened_is_unknown(string severity, string state) =>
        Assert.IsType<CommitUnknownException>(PostgresErrors.OfCommit(Error(severity, state), "exchange"));

    [Fact]
    public void Connection_that_broke_is_unknown_for_a_commit_and_unavailable_for_a_read()
    {
        var broken = new NpgsqlException("Exception while reading from stream", new IOException());

        Assert.IsType<CommitUnknownException>(PostgresErrors.OfCommit(broken, "exchange"));
        Assert.IsType<StorageUnavailableException>(PostgresErrors.Unavailable(broken, "exchange"));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, "Free space")]
    [InlineData(PostgresErrorCodes.InvalidPassword, "pg_hba.conf")]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, "CREATE DATABASE")]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, "own the schema")]
    [InlineData(PostgresErrorCodes.TooManyConnections, "max_connections")]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, "primary")]
    [InlineData(PostgresErrorCodes.DataCorrupted, "backup")]
    [InlineData(PostgresErrorCodes.InternalError, "SQLSTATE XX000")]
    public void Error_says_what_to_do_and_where(string state, string advice)
    {
        var error = PostgresErrors.Unavailable(Error("ERROR", state), "exchange at db:5432");

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("exchange at db:5432.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What comes without a SQLSTATE, and what it says.</summary>
    public static TheoryData<Exception, string> Unstated { get; } =
        new()
        {
            { new NpgsqlException("Failed to connect", new SocketException()), "can't be reached" },
            { new NpgsqlException("Exception while reading from stream", new TimeoutException()), "pg_stat_activity" },
            { new TimeoutException(), "pg_stat_activity" },
            { new NpgsqlException("Exception while reading from stream", new IOException()), "connection" },
            { new NpgsqlException("TLS", new AuthenticationException()), "certificate" },
        };

    [Theory]
    [MemberData(nameof(Unstated), DisableDiscoveryEnumeration = true)]
    public void Error_without_a_state_names_its_kind(Exception error, string advice)
    {
        var unavailable = PostgresErrors.Unavailable(error, "exchange at db:5432");

        Assert.Contains(advice, unavailable.Message, StringComparison.Ordinal);
        Assert.EndsWith("exchange at db:5432.", unavailable.Message, StringComparison.Ordinal);
    }

    private static PostgresException Error(string severity, string state) =>
        new("A test's error.", severity, severity, state);
}
