using System.Globalization;
using SignalExchange.Silo.Hosting;
using SignalExchange.Storage.Archives;
using SignalExchange.Storage.Archives.Files;

namespace SignalExchange.Silo.Archives;

/// <summary>
/// What is done with everything that is stored: <c>backup --out FILE</c> beside running silos; <c>restore --from FILE</c> into an empty
/// storage; <c>migrate --Target:Storage:Engine ENGINE ...</c> from one storage to another while the exchange is stopped. Run on the
/// server, by whoever has the data folder or the database's password; keys are no part of it.
/// </summary>
internal static class ArchiveCommands
{
    private const string Target = "Target";
    private const string Source = ExchangeOptions.Section;

    // By sigx, which reads what is written here and shows it on its own terminal.
    private static bool IsBarWanted => Environment.GetEnvironmentVariable("SIGNALEXCHANGE_PROGRESS") == "bar";

    /// <summary>Makes a backup.</summary>
    /// <param name="args">What stands behind "backup"; other settings as for the server.</param>
    /// <returns>0 when it is there and agrees with the storage, 2 for a wrong command line.</returns>
    public static Task<int> Backup(string[] args) =>
        Run(
            args,
            "backup --out FILE [--Exchange:DataDirectory DIR ...]",
            settings => settings["out"],
            (settings, file) => (ArchiveEngines.SourceOf(settings, Source, isAlone: false), new BackupFileTarget(file)),
            "Backed up"
        );

    /// <summary>Restores a backup.</summary>
    /// <param name="args">What stands behind "restore"; other settings as for the server.</param>
    /// <returns>0 when the storage agrees with the backup, 2 for a wrong command line.</returns>
    public static Task<int> Restore(string[] args) =>
        Run(
            args,
            "restore --from FILE [--Exchange:DataDirectory DIR ...]",
            settings => settings["from"],
            (settings, file) => (new BackupFileSource(file), ArchiveEngines.TargetOf(settings, Source)),
            "Restored"
        );

    /// <summary>Moves to another storage.</summary>
    /// <param name="args">What stands behind "migrate"; other settings as for the server.</param>
    /// <returns>0 when both storages agree, 2 for a wrong command line.</returns>
    public static Task<int> Migrate(string[] args) =>
        Run(
            args,
            "migrate --Target:Storage:Engine ENGINE --Target:... [--Exchange:DataDirectory DIR ...]; Target: has the settings of Exchange:",
            settings => settings[$"{Target}:Storage:Engine"],
            (settings, _) =>
                (ArchiveEngines.SourceOf(settings, Source, isAlone: true), ArchiveEngines.TargetOf(settings, Target)),
            "Moved"
        );

    private static async Task<int> Run(
        string[] args,
        string usage,
        Func<IConfiguration, string?> needed,
        Func<IConfiguration, string, (IArchiveSource, IArchiveTarget)> choose,
        string done
    )
    {
        using var host = Host.CreateApplicationBuilder(args).Build();
        var settings = host.Services.GetRequiredService<IConfiguration>();
        if (needed(settings) is not { Length: > 0 } value)
        {
            await Console.Error.WriteLineAsync("Usage: " + usage);
            return 2;
        }

        var (source, target) = choose(settings, value);
        var progress = new ArchiveProgress(Console.Error, Console.IsErrorRedirected && !IsBarWanted);
        var digests = await ArchiveCopy.RunAsync(source, target, progress.Show, CancellationToken.None);
        await Console.Out.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{done} {digests.Records} records; read back, and the same.")
        );
        await Console.Out.WriteLineAsync(digests.ToString());
        await Console.Out.WriteLineAsync($"digest {digests.Sha256}");
        return 0;
    }
}
