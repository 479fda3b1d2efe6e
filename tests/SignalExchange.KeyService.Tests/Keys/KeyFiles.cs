using SignalExchange.KeyService.Keys;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>Makes key files of other days.</summary>
internal static class KeyFiles
{
    /// <summary>Makes first keys and leaves only some: what a version with fewer kinds of identifiers wrote.</summary>
    /// <returns>The ids of the keys that are left.</returns>
    internal static IReadOnlyList<string> KeepOnly(TemporaryKeyFolder folder, int count)
    {
        using var store = folder.Open();
        var left = store.Records.Take(count).ToList();
        File.WriteAllBytes(folder.KeysPath, KeyFile.Seal(store.Master, left));
        return [.. left.Select(record => record.ToString())];
    }
}
