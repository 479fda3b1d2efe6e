using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.TestKit.Azurite;

/// <summary>What Node.js runs to start Azurite, and with which arguments.</summary>
/// <param name="folder">Where it keeps what it saves.</param>
/// <param name="isKept">Whether it saves anything.</param>
/// <param name="isDurable">Whether it answers writes only when they are saved.</param>
/// <param name="certificate">What it shows to take tokens over TLS; null to take keys, in clear.</param>
internal sealed class AzuriteLauncher(string folder, bool isKept, bool isDurable, X509Certificate2? certificate)
{
    /// <summary>What a durable one hears to die with the next writes done, and neither saved nor answered.</summary>
    public const string DieUnsaved = "die unsaved";

    /// <summary>What it hears to die with the next writes done and saved, and not answered.</summary>
    public const string DieSaved = "die saved";

    // Ends with its parent: a pipe that is closed is the only thing that a killed test run leaves behind for sure.
    private const string Start = """
        process.stdin.resume().on('end', () => process.exit(1));
        process.argv.splice(1, 0, 'azurite');
        require(process.env.AZURITE_MAIN);
        """;

    // Azurite keeps its tables, and what it knows of blobs, in LokiJS, which saves every few seconds by itself. Here nothing saves but
    // this: all that has changed, at one moment, then the answers to the requests that changed it. Extents come before the blobs that
    // are made of them.
    private const string Durably = """
        const fs = require('fs'), http = require('http'), path = require('path');
        const Loki = require(require.resolve('lokijs', { paths: [path.dirname(process.env.AZURITE_MAIN)] }));
        const stores = new Set();
        const saveFirst = Loki.prototype.saveDatabase;
        Loki.prototype.saveDatabase = function (...args) {
          stores.add(this);
          return saveFirst.apply(this, args);
        };
        Loki.prototype.autosaveEnable = () => {};

        let command = '';
        process.stdin.on('data', heard => command += heard);
        const dieIf = said => command.includes(said) && process.kill(process.pid, 'SIGKILL');

        let waiting = [], isSaving = false;
        async function save() {
          isSaving = true;
          while (waiting.length) {
            const answers = waiting;
            waiting = [];
            const changed = [...stores]
              .filter(store => store.autosaveDirty())
              .sort((one, other) => other.filename.includes('extent') - one.filename.includes('extent'))
              .map(store => [store.filename, store.serialize(), store.autosaveClearFlags()]);
            for (const [file, image] of changed) await fs.promises.writeFile(file + '~', image);
            if (changed.length) dieIf('die unsaved');
            for (const [file] of changed) await fs.promises.rename(file + '~', file);
            if (changed.length) dieIf('die saved');
            answers.forEach(answer => answer());
          }
          isSaving = false;
        }

        const end = http.ServerResponse.prototype.end;
        http.ServerResponse.prototype.end = function (...args) {
          if (['GET', 'HEAD'].includes(this.req.method)) return end.apply(this, args);
          waiting.push(() => end.apply(this, args));
          if (!isSaving) save();
          return this;
        };

        """;

    /// <summary>Returns how it is started.</summary>
    /// <param name="keys">The accounts and their keys.</param>
    /// <param name="ports">The services and their ports; 0 for any.</param>
    public ProcessStartInfo StartInfo(
        IReadOnlyDictionary<string, string> keys,
        IReadOnlyDictionary<string, int> ports
    ) =>
        new(AzuriteInstallation.Node, Arguments(ports))
        {
            Environment =
            {
                ["AZURITE_MAIN"] = AzuriteInstallation.MainModule,
                ["AZURITE_ACCOUNTS"] = string.Join(';', keys.Select(account => $"{account.Key}:{account.Value}")),
            },
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private string[] Arguments(IReadOnlyDictionary<string, int> ports) =>
        [
            "--eval",
            isDurable ? Durably + Start : Start,
            "--",
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            .. isKept ? (string[])["--location", folder] : ["--inMemoryPersistence"],
            .. certificate is null ? [] : TokenArguments(certificate),
            .. ports.SelectMany(it =>
                new[] { $"--{it.Key.ToLowerInvariant()}Port", it.Value.ToString(CultureInfo.InvariantCulture) }
            ),
        ];

    private string[] TokenArguments(X509Certificate2 shown)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder, "azurite.pem"), Path.Combine(folder, "azurite.key"));
        using var key = shown.GetECDsaPrivateKey()!;
        File.WriteAllText(certificateFile, shown.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return ["--oauth", "basic", "--cert", certificateFile, "--key", keyFile];
    }
}
