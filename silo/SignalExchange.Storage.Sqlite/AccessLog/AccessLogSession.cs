using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Sqlite.Files;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>All that an open storage of access logs holds.</summary>
internal sealed class AccessLogSession : IAsyncDisposable
{
    private readonly LogFolder _folder;
    private readonly ILogger _logger;

    private AccessLogSession(LogFolder folder, TailWriter writer, ILogger logger)
    {
        (_folder, Writer, _logger) = (folder, writer, logger);
        Reader = new(folder.DatabaseFile, folder.Path);
        Maintenance = new(folder.DatabaseFile, logger);
        Files = new(folder.Path);
    }

    /// <summary>Gets the writer; used on <see cref="Thread"/> only.</summary>
    public TailWriter Writer { get; }

    public TailThread Thread { get; } = new();

    public TailReader Reader { get; }

    public TailMaintenance Maintenance { get; }

    public LogFiles Files { get; }

    /// <summary>Takes the folder and makes or recovers the database in it.</summary>
    public static AccessLogSession Open(SqliteAccessLogOptions options, ILogger logger)
    {
        var folder = LogFolder.Take(options.Folder);
        try
        {
            folder.PrepareDatabase();
            var writer = new TailWriter(folder.DatabaseFile, folder.Path, options.MaxDatabaseBytes);
            SqliteAccessLogLog.Opened(logger, folder.Path);
            return new(folder, writer, logger);
        }
        catch (Exception exception)
        {
            folder.Dispose();
            throw exception switch
            {
                SqliteException error => SqliteErrors.Unavailable(error, folder.Path),
                IOException or UnauthorizedAccessException => DataFolder.Unusable(folder.Path, exception),
                _ => exception,
            };
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Thread.DisposeAsync();
        Maintenance.Dispose();
        Reader.Dispose();
        Writer.Dispose();
        _folder.Dispose();
        SqliteAccessLogLog.Closed(_logger, _folder.Path);
    }
}
