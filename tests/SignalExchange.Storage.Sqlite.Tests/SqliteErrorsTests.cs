using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace SignalExchange.Storage.Sqlite.Tests;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(SQLITE_FULL)]
    [InlineData(SQLITE_READONLY)]
    [InlineData(SQLITE_BUSY)]
    public void Commit_that_surely_wrote_nothing_is_unavailable(int code) =>
        Assert.IsType<StorageUnavailableException>(SqliteErrors.OfCommit(Error(code), "/data"));

    [Theory]
    [InlineData(SQLITE_IOERR)]
    [InlineData(SQLITE_NOMEM)]
    [InlineData(SQLITE_CORRUPT)]
    [InlineData(SQLITE_ERROR)]
    public void Commit_that_may_have_written_is_unknown(int code) =>
        Assert.IsType<CommitUnknownException>(SqliteErrors.OfCommit(Error(code), "/data"));

    [Theory]
    [InlineData(SQLITE_FULL, "MaxDatabaseBytes")]
    [InlineData(SQLITE_READONLY, "belong to the user")]
    [InlineData(SQLITE_BUSY, "Another program")]
    [InlineData(SQLITE_CORRUPT, "backup")]
    [InlineData(SQLITE_IOERR, "disk")]
    public void Error_says_what_to_do_and_where(int code, string advice)
    {
        var error = SqliteErrors.Unavailable(Error(code), "/data");

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Contains("/data", error.Message, StringComparison.Ordinal);
    }

    private static SqliteException Error(int code) => new("A test's error.", code);
}
