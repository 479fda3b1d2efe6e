using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Canonical;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Keys;

/// <summary>Opens the key folder, and makes keys where none can have been: never in the place of keys that are lost.</summary>
/// <remarks>
/// The first start, which a crash may end anywhere, goes:
/// <list type="number">
/// <item>a note that the first keys are being made, if the master key is to lie in the folder;</item>
/// <item>that master key;</item>
/// <item>the keys;</item>
/// <item>the note goes away.</item>
/// </list>
/// A master key of the folder's own without keys is a crash between 2 and 3 if the note is there; without the note, the keys are lost.
/// </remarks>
internal sealed class KeyStoreOpener(KeyServiceOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Opens the folder.</summary>
    /// <exception cref="KeyStoreException">It cannot be used as it is; nothing was made.</exception>
    internal KeyStore Open()
    {
        try
        {
            return Open(KeyFolder.Take(options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException(
                $"The key folder '{options.Folder}' cannot be used. {exception.Message}",
                exception
            );
        }
    }

    private KeyStore Open(KeyFolder folder)
    {
        var store = new KeyStore(folder);
        try
        {
            var isFirstStart = !File.Exists(folder.KeysPath);
            if (isFirstStart)
            {
                PrepareFirstStart(folder);
            }

            store.Load();
            AddMissingKeys(store, folder, isFirstStart);
            SecretFiles.Delete(folder.FirstStartPath); // 4.
            folder.Share();
            KeyServiceLog.Opened(logger, store.Records.Count, folder.KeysPath);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private void PrepareFirstStart(KeyFolder folder)
    {
        if (!options.CreateMissingKeys)
        {
            throw new KeyStoreException(
                $"There are no keys in '{folder.KeysPath}', and CreateMissingKeys is false. Mount or restore the folder; only for a "
                    + "first start set it to true."
            );
        }

        if (folder.HoldsItsMasterKey)
        {
            PrepareOwnMaster(folder);
        }
    }

    private static void PrepareOwnMaster(KeyFolder folder)
    {
        var hasMaster = File.Exists(folder.MasterPath);
        if (hasMaster && !File.Exists(folder.FirstStartPath))
        {
            throw new KeyStoreException(
                $"'{folder.MasterPath}' is there, but the keys in '{folder.KeysPath}' are gone. Restore them from the backup; "
                    + "without them no token made so far means anything."
            );
        }

        if (!hasMaster)
        {
            SecretFiles.Write(folder.FirstStartPath, []); // 1.
            MasterKey.Create(folder.MasterPath); // 2.
        }
    }

    private void AddMissingKeys(KeyStore store, KeyFolder folder, bool isFirstStart)
    {
        var missing = IndicatorTypes.All.Except(store.Records.Select(record => record.KeyId.Type)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (!options.CreateMissingKeys)
        {
            throw new KeyStoreException(
                $"There is no key for {string.Join(", ", missing.Select(IndicatorTypes.Slug))}, and CreateMissingKeys is false. "
                    + "Set it to true for one start if these kinds of identifiers are new."
            );
        }

        store.Add([.. missing.Select(NewKey)]); // 3.
        if (isFirstStart)
        {
            KeyServiceLog.FirstKeysMade(logger, missing.Count, folder.KeysPath, folder.MasterPath);
        }
        else
        {
            KeyServiceLog.KeysMade(logger, missing.Count, string.Join(", ", missing.Select(IndicatorTypes.Slug)));
        }
    }

    private KeyRecord NewKey(IndicatorType type)
    {
        var key = VoprfKey.Generate();
        var term = KeyTerm.InForce(time.GetUtcNow(), options.EpochLength);
        return new(KeyCommitment.To(type, 1, key.PublicKey), CanonicalForms.Version, term, key);
    }
}
