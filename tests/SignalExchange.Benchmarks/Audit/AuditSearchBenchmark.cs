using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit;
using SignalExchange.Audit.Search;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Benchmarks.Audit;

/// <summary>What a page of 500 entries costs, for each filter alone and for some together, beside a whole count.</summary>
internal static class AuditSearchBenchmark
{
    private const int Rounds = 21;
    private const int WarmUps = 2;

    /// <summary>Runs it.</summary>
    /// <param name="count">The number of entries.</param>
    public static async Task<Report> Run(int count)
    {
        var folder = Directory.CreateTempSubdirectory("audit-search").FullName;
        try
        {
            await using var services = Open(folder, count);
            var measurements = new List<Measurement>();
            var follower = services.GetRequiredService<SearchFollower>();
            var building = await Time(() => follower.CatchUpAsync(CancellationToken.None));
            measurements.Add(Measurement.Once("taking an entry in", "us", building * 1000 / count));
            var bytes = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
            measurements.Add(Measurement.Once("the file, an entry", "bytes", (double)bytes / count));
            await Review(services);
            foreach (var (name, filter) in Filters(count))
            {
                measurements.AddRange(await Measure(services.GetRequiredService<IAuditSearch>(), name, filter));
            }

            return Report.Of($"search of {count} entries", measurements);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, EntryFilter Filter)> Filters(int count)
    {
        yield return ("everything", new());
        yield return ("member, common (1 in 2)", new() { MemberId = MadeLog.CommonMember });
        yield return ("member, rare (1 in 4,096)", new() { MemberId = MadeLog.RareMember });
        yield return ("key, common", new() { KeyThumbprint = MadeLog.CommonKey });
        yield return ("role, rare", new() { Role = KeyRole.MemberAdministrator });
        yield return ("method (1 in 8)", new() { Method = AuditMethods.Get });
        yield return ("purpose, common", new() { Purpose = CheckPurpose.Registration });
        yield return ("purpose, rare", new() { Purpose = CheckPurpose.Test });
        yield return ("outcome, refused (1 in 64)", new() { Outcome = EntryOutcome.Refused });
        yield return ("status", new() { StatusCode = 3 });
        yield return ("reason", new() { Reason = ErrorReason.TooMany });
        yield return ("reason, never", new() { Reason = ErrorReason.Internal });
        yield return ("request id", new() { RequestId = MadeLog.RequestId(count / 3) });
        yield return ("request id, unknown", new() { RequestId = MadeLog.RequestId(-1) });
        yield return ("pseudonym, common", new() { Pseudonyms = MadeLog.Pseudonym(0) });
        yield return ("pseudonym, unknown", new() { Pseudonyms = MadeLog.Pseudonym(-1) });
        yield return ("anomaly", new() { Anomaly = AnomalyRule.Purpose });
        yield return ("reviewed", new() { Review = ReviewState.Reviewed });
        yield return ("not reviewed", new() { Review = ReviewState.Open });
        yield return ("an hour in the middle", Hour());
        yield return (
            "member common and purpose common",
            new() { MemberId = MadeLog.CommonMember, Purpose = CheckPurpose.Registration }
        );
        yield return (
            "member rare and purpose rare",
            new() { MemberId = MadeLog.RareMember, Purpose = CheckPurpose.Test }
        );
        yield return (
            "member common and role of another: nothing",
            new() { MemberId = MadeLog.CommonMember, Role = KeyRole.MemberAdministrator }
        );
        yield return (
            "member, purpose, method, refused, not reviewed",
            new()
            {
                MemberId = MadeLog.CommonMember,
                Purpose = CheckPurpose.Registration,
                Method = AuditMethods.Get,
                Outcome = EntryOutcome.Refused,
                Review = ReviewState.Open,
            }
        );
        yield return (
            "pseudonym common and member rare",
            new() { Pseudonyms = MadeLog.Pseudonym(0), MemberId = MadeLog.RareMember }
        );
        var within = Hour();
        within.MemberId = MadeLog.CommonMember;
        yield return ("member common within an hour", within);
    }

    private static EntryFilter Hour() =>
        new()
        {
            From = Timestamp.FromDateTimeOffset(MadeLog.TimeOf(0.5)),
            Until = Timestamp.FromDateTimeOffset(MadeLog.TimeOf(0.5).AddHours(1)),
        };

    private static async Task<IEnumerable<Measurement>> Measure(IAuditSearch search, string name, EntryFilter filter)
    {
        var matches = await search.CountAsync(filter, long.MaxValue, CancellationToken.None);
        var page = await Repeat(async () =>
        {
            var request = new SearchEntriesRequest { Filter = filter, PageSize = 500 };
            var answer = await search.SearchAsync(request, CancellationToken.None);
            if (answer.Value!.Entries.Count != Math.Min(500, matches))
            {
                throw new InvalidOperationException($"{name}: {answer.Value.Entries.Count} of {matches} entries.");
            }
        });
        var counting = await Repeat(() => search.CountAsync(filter, long.MaxValue, CancellationToken.None));
        return
        [
            Measurement.Of($"{name}: page of {Math.Min(500, matches)}", "ms", page),
            Measurement.Of($"{name}: count of {matches}", "ms", counting),
        ];
    }

    private static async Task<List<double>> Repeat(Func<Task> run)
    {
        var times = new List<double>();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var time = await Time(run);
            if (round >= 0)
            {
                times.Add(time);
            }
        }

        return times;
    }

    private static async Task<double> Time(Func<Task> run)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        await run();
        return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Marks every ten-thousandth entry, without the log: the benchmark's log is made up.
    private static async Task Review(ServiceProvider services) =>
        await services
            .GetRequiredService<SearchDatabase>()
            .WriteAsync(
                connection =>
                {
                    var facets = new FacetWriter(connection);
                    var size = connection["SELECT size FROM progress"].Value()!.Value;
                    for (var index = 0L; index < size; index += 10_000)
                    {
                        facets.Set(Facet.Reviewed, 1, index);
                    }

                    facets.Flush();
                    return 0;
                },
                CancellationToken.None
            );

    private static ServiceProvider Open(string folder, long count)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IAccessLogReader>(new MadeLog(count));
        services.AddAudit();
        services.Configure<SearchOptions>(it => it.File = Path.Combine(folder, "search.db"));
        return services.BuildServiceProvider();
    }
}
