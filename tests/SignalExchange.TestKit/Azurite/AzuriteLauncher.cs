namespace SignalExchange.TestKit.Azurite;

/// <summary>What Node.js runs to start Azurite.</summary>
internal static class AzuriteLauncher
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

    /// <summary>Returns the script.</summary>
    /// <param name="isDurable">Whether it answers writes only when they are saved.</param>
    public static string Of(bool isDurable) => isDurable ? Durably + Start : Start;
}
