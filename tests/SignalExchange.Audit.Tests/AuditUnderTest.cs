using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Reports;
using SignalExchange.Audit.Reviews;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests;

/// <summary>All of Audit over a <see cref="TestLog"/> and a file of its own; can be closed and opened again.</summary>
internal sealed class AuditUnderTest : IDisposable
{
    private static readonly byte[] Key = new byte[32];

    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;
    private readonly Action<IServiceCollection>? _configure;
    private ServiceProvider _services;

    public AuditUnderTest(TestLog? log = null, Action<IServiceCollection>? configure = null)
    {
        Log = log ?? new();
        Checkpoint = new(Log);
        _configure = configure;
        _services = Open();
    }

    public TestLog Log { get; }

    public TestCheckpoint Checkpoint { get; }

    public TestSigner Signer { get; } = new();

    public string File => Path.Combine(_folder, "search.db");

    public IAuditSearch Search => Get<IAuditSearch>();

    public IAuditReports Reports => Get<IAuditReports>();

    public IReviewBook Reviews => Get<IReviewBook>();

    public IAlarmBook Alarms => Get<IAlarmBook>();

    public IExporter Exporter => Get<IExporter>();

    public SearchFollower Follower => Get<SearchFollower>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<AuditUnderTest> CatchUpAsync()
    {
        await Follower.CatchUpAsync(Cancelled);
        return this;
    }

    /// <summary>Closes everything and opens it again over the same file, or without it.</summary>
    public async Task RestartAsync(bool withoutFile = false, Action<string>? afterwards = null)
    {
        await _services.DisposeAsync();
        if (withoutFile)
        {
            SearchFile.Delete(File);
        }

        afterwards?.Invoke(File);

        _services = Open();
        await Follower.ResumeAsync(Cancelled);
        await CatchUpAsync();
    }

    /// <summary>Returns a page, of which nothing was refused.</summary>
    public async Task<SearchEntriesResponse> FindAsync(
        EntryFilter? filter = null,
        EntryOrder order = EntryOrder.Unspecified,
        uint pageSize = 500,
        string pageToken = ""
    )
    {
        var answer = await Search.SearchAsync(
            new()
            {
                Filter = filter,
                Order = order,
                PageSize = pageSize,
                PageToken = pageToken,
            },
            Cancelled
        );
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    /// <summary>Returns every match, page by page.</summary>
    public async Task<List<EntrySummary>> FindAllAsync(EntryFilter? filter, EntryOrder order, uint pageSize)
    {
        var found = new List<EntrySummary>();
        var token = "";
        do
        {
            var page = await FindAsync(filter, order, pageSize, token);
            found.AddRange(page.Entries);
            token = page.NextPageToken;
        } while (token.Length > 0);

        return found;
    }

    public async Task<List<Alarm>> FindAlarmsAsync(ListAlarmsRequest? request = null)
    {
        var answer = await Alarms.ListAsync(request ?? new() { PageSize = 500 }, Cancelled);
        Assert.Null(answer.Refusal);
        return [.. answer.Value!.Alarms];
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider Open()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IAccessLogReader>(Log);
        services.AddSingleton(new PageTokenKey(Key));
        services.AddSingleton<IExportSigner>(Signer);
        services.AddSingleton<ICheckpointSource>(Checkpoint);
        services.AddAudit();
        services.Configure<SearchOptions>(it => it.File = File);
        _configure?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
