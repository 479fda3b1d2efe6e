using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SignalExchange.Contracts;

namespace SignalExchange.Cli.Import;

/// <summary>
/// What an import has to remember to be run again: kept beside the file, as <c>FILE.csv.sigx</c>. With it a second run says the same with the
/// same submission ids, so nothing is doubled whatever was lost in between. Holds no identifier.
/// </summary>
internal sealed class ImportProgress
{
    private readonly string _path;
    private readonly Stored _stored;

    private ImportProgress(string path, Stored stored)
    {
        _path = path;
        _stored = stored;
    }

    /// <summary>Gets when the import was begun; what is stated counts from then, in every run.</summary>
    public DateTimeOffset StartedAt => _stored.StartedAt;

    /// <summary>Gets how many rows were answered: those need not be sent again, but for the ones that were left.</summary>
    public long RowsAnswered { get; private set; }

    /// <summary>Gets which of them, from 1, were refused for a reason that passes: those are sent again, under their ids.</summary>
    public IReadOnlySet<long> RowsLeft { get; private set; } = FrozenSet<long>.Empty;

    /// <summary>Takes up an import of this file, or begins it.</summary>
    /// <exception cref="UsageException">The file, or what is stated, changed since; or what is remembered is damaged.</exception>
    public static async Task<ImportProgress> Open(
        string file,
        string statement,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var path = file + ".sigx";
        var digest = await DigestOf(file, statement, cancellationToken);
        if (!File.Exists(path))
        {
            var begun = new ImportProgress(
                path,
                new Stored(digest, now, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), 0, [])
            );
            await begun.Save(0, [], cancellationToken);
            return begun;
        }

        var stored = await Read(path, cancellationToken);
        return stored.Digest == digest
            ? new ImportProgress(path, stored)
            {
                RowsAnswered = stored.RowsAnswered,
                RowsLeft = (stored.RowsLeft ?? []).ToFrozenSet(), // a file of an earlier version has none
            }
            : throw new UsageException(
                $"'{file}', or what is stated, changed since its import began. Remove '{path}' to import it anew."
            );
    }

    /// <summary>The id of the submission that a line makes: the same in every run.</summary>
    public SubmissionId IdOf(long line)
    {
        var name = Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture));
        var mac = HMACSHA256.HashData(Convert.FromHexString(_stored.Secret), name);
        return new(BinaryPrimitives.ReadUInt128BigEndian(mac));
    }

    /// <summary>Remembers how far the import is. Replaces the file as a whole, so that a crash leaves the old one or the new.</summary>
    /// <param name="rowOfLastAnswer">The last row that this run has an answer of, or has read if it is done: all before it have theirs.</param>
    /// <param name="left">Those of this run that were left.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task Save(long rowOfLastAnswer, IEnumerable<long> left, CancellationToken cancellationToken)
    {
        // A run goes through the file from its beginning: what an earlier one left further down is left still.
        RowsLeft = left.Concat(RowsLeft.Where(row => row > rowOfLastAnswer)).ToFrozenSet();
        RowsAnswered = Math.Max(RowsAnswered, rowOfLastAnswer);
        var text = JsonSerializer.Serialize(
            _stored with
            {
                RowsAnswered = RowsAnswered,
                RowsLeft = [.. RowsLeft.Order()],
            }
        );
        await File.WriteAllTextAsync(_path + ".new", text, cancellationToken);
        File.Move(_path + ".new", _path, overwrite: true);
    }

    private static async Task<Stored> Read(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(await File.ReadAllTextAsync(path, cancellationToken));
            if (stored is { Digest: not null, Secret: not null })
            {
                return stored;
            }
        }
        catch (JsonException)
        {
            // As one that lacks what it should have.
        }

        throw new UsageException(
            $"'{path}' is damaged. Restore it, or remove it to import anew: what was accepted is said again, under other submission ids."
        );
    }

    private static async Task<string> DigestOf(string file, string statement, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(await SHA256.HashDataAsync(stream, cancellationToken));
        hash.AppendData(Encoding.UTF8.GetBytes(statement));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Stored(
        string Digest,
        DateTimeOffset StartedAt,
        string Secret,
        long RowsAnswered,
        long[]? RowsLeft
    );
}
