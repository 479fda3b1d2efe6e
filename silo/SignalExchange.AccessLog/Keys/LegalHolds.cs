using System.Text.Json;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;
using SignalExchange.Storage.Files;

namespace SignalExchange.AccessLog.Keys;

/// <summary>The legal holds of a log, on stable storage before they are told of. Used under its owner's lock.</summary>
internal sealed class LegalHolds
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _file;
    private LegalHold[] _holds;

    /// <summary>Reads them; none when there is no file.</summary>
    /// <exception cref="AccessLogDamagedException">The file can't be read: nobody knows what is held.</exception>
    public LegalHolds(string file)
    {
        _file = file;
        _holds = File.Exists(file) ? Read(file) : [];
    }

    /// <summary>Gets those that are in force.</summary>
    public IReadOnlyList<LegalHold> All => _holds;

    /// <summary>Returns the hold that covers a key; null when none does.</summary>
    public LegalHold? Find(KeyName key) => Array.Find(_holds, hold => hold.Covers(key));

    /// <summary>Places a hold, or replaces the one of its name.</summary>
    public void Place(LegalHold hold) => Save([.. _holds.Where(it => it.Name != hold.Name), hold]);

    /// <summary>Lifts a hold.</summary>
    /// <returns>False when there is none of that name.</returns>
    public bool Lift(string name)
    {
        var others = _holds.Where(it => it.Name != name).ToArray();
        if (others.Length == _holds.Length)
        {
            return false;
        }

        Save(others);
        return true;
    }

    private void Save(LegalHold[] holds)
    {
        var stored = holds.Select(it => new StoredHold(it.Name, it.First.Number, it.Last.Number, (int)it.Retention));
        DurableFiles.Write(_file, JsonSerializer.SerializeToUtf8Bytes(stored, Indented));
        _holds = holds;
    }

    private static LegalHold[] Read(string file)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<StoredHold[]>(File.ReadAllBytes(file), Indented)!;
            return
            [
                .. stored.Select(it => new LegalHold(it.Name, new(it.First), new(it.Last), (LogRetention)it.Retention)),
            ];
        }
        catch (JsonException exception)
        {
            throw new AccessLogDamagedException(
                $"'{file}' can't be read, so nobody knows what is under legal hold. Restore it from a backup.",
                exception
            );
        }
    }

    private sealed record StoredHold(string Name, int First, int Last, int Retention);
}
