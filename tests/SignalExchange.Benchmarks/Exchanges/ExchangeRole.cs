using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Benchmarks.Index;
using SignalExchange.Benchmarks.Processes;
using SignalExchange.Index;
using SignalExchange.Silo.Hosting;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>A process that is an exchange: the silo's own host, its quotas so wide that only the work counts.</summary>
/// <remarks>Everything else is as it is delivered: the access log, the pace of answers, group commits, durable writes.</remarks>
internal static class ExchangeRole
{
    private const int TokensAtOnce = 1_000_000;

    /// <summary>The evaluations of a member and day: as many as the setting takes.</summary>
    public const int EvaluationsPerDay = 1_000_000;

    /// <summary>Quotas that no load meets, but for <see cref="EvaluationsPerDay"/>.</summary>
    public static readonly string[] WideQuotas =
    [
        "--Exchange:Quotas:TokensPerDay",
        "100000000",
        "--Exchange:Quotas:EvaluationsPerDay",
        EvaluationsPerDay.ToString(CultureInfo.InvariantCulture),
        "--Exchange:Quotas:Burst:TokensPerSecond",
        "10000000",
        "--Exchange:Quotas:Burst:TokenBurst",
        "100000000",
        "--Exchange:Quotas:Burst:EvaluationsPerSecond",
        "1000000",
        "--Exchange:Quotas:Burst:EvaluationBurst",
        "10000000",
        "--Exchange:Quotas:SubmissionsPerDay",
        "100000000",
        "--Exchange:Quotas:Burst:SubmissionsPerSecond",
        "10000000",
        "--Exchange:Quotas:Burst:SubmissionBurst",
        "100000000",
        "--Exchange:Quotas:WithdrawalsPerDay",
        "100000000",
        "--Exchange:Quotas:Burst:WithdrawalsPerSecond",
        "10000000",
        "--Exchange:Quotas:Burst:WithdrawalBurst",
        "100000000",
        "--Exchange:Quotas:RegistrationsPerDay",
        "1000000",
        "--Exchange:Quotas:Burst:RegistrationsPerSecond",
        "100000",
        "--Exchange:Quotas:Burst:RegistrationBurst",
        "1000000",
        "--Exchange:Templates:MaxLiveSketchesPerMember",
        "16000000",
    ];

    /// <summary>Plays the role.</summary>
    public static async Task Play(ExchangeSettings settings)
    {
        using var activations = new ActivationCount();
        await using var server = await ExchangeServer.Start(
            settings.Folder,
            settings.KeyFile,
            [.. WideQuotas, .. Storage(settings)]
        );
        await StoreFiller.Fill(server.App.Services, settings.Known, server.KeyId);
        FillIndex(server.App.Services, settings.IndexOnly);
        await ParentLine.Serve<object, ProcessFacts>(
            new ServerReady(server.Address, server.KeyId),
            _ => Task.FromResult(ProcessFacts.OfThisProcess(activations.Value))
        );
    }

    private static string[] Storage(ExchangeSettings settings) =>
        settings switch
        {
            { Postgres: { } database } => Shared(
                StorageEngine.Postgres,
                "--Exchange:Storage:Postgres:ConnectionString",
                database
            ),
            { Azure: { } account } => Shared(
                StorageEngine.AzureStorage,
                "--Exchange:Storage:AzureStorage:Accounts:0:ConnectionString",
                account
            ),
            _ => [],
        };

    // Where silos share their storage, each names its port.
    private static string[] Shared(StorageEngine engine, string setting, string connectionString) =>
        [
            "--Exchange:Storage:Engine",
            engine.ToString(),
            setting,
            connectionString,
            "--Exchange:SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
        ];

    private static void FillIndex(IServiceProvider services, int count)
    {
        var filler = new IndexFiller(
            services.GetRequiredService<LocalIndex>(),
            services.GetRequiredService<ShardMap>(),
            IndexFiller.FarAway
        );
        for (var left = count; left > 0; left -= TokensAtOnce)
        {
            filler.Add(TokenSet.Draw(Math.Min(left, TokensAtOnce)));
        }
    }
}
