using System.Globalization;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>An Azurite of this benchmark's own, which keeps everything in memory: what is compared is the work, not a disk.</summary>
internal sealed class MeasuredAzurite : MeasuredEngine
{
    private readonly AzuriteProcess _azurite;
    private readonly BareTransactions _bare;

    private MeasuredAzurite(AzuriteProcess azurite, BareTransactions bare)
    {
        (_azurite, _bare) = (azurite, bare);
        Settings =
        [
            "--Exchange:Storage:Engine",
            nameof(StorageEngine.AzureStorage),
            "--Exchange:Storage:AzureStorage:Accounts:0:ConnectionString",
            azurite.ConnectionString(),
            "--Exchange:SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
        ];
    }

    public override IReadOnlyList<string> Settings { get; }

    public static async Task<MeasuredAzurite> Start()
    {
        var azurite = await AzuriteProcess.StartAsync(accounts: 2, isKept: false, CancellationToken.None);
        return new(azurite, await BareTransactions.Open(azurite.ConnectionString(account: 2)));
    }

    public override Task Commit(int count, int batch) => _bare.Commit(count, batch);

    public override ValueTask DisposeAsync() => _azurite.DisposeAsync();
}
