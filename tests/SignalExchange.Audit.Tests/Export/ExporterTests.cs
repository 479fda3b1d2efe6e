using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Parquet;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Export;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Audit;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Export;

/// <summary>What is exported can be read by others' tools, says what the log says, and vouches for itself offline.</summary>
public sealed class ExporterTests
{
    private const int Entries = 1500;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_lines_give_back_every_leaf_and_detail()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.JsonLines);

        var lines = Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n');
        var read = lines.Select(it => JsonParser.Default.Parse<GetEntryResponse>(it)).ToList();
        Assert.Equal(audit.Log.Entries.Select(it => it.Entry), read.Select(it => it.Entry));
        Assert.Equal(audit.Log.Entries.Select(it => it.Detail), read.Select(it => it.Detail));
        await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
    }

    [Fact]
    public async Task Csv_gives_back_the_columns()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.Csv);

        using var csv = new CsvReader(new StreamReader(new MemoryStream(file)), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Select(it => (IDictionary<string, object>)it).ToList();
        Assert.Equal(Entries, rows.Count);
        Assert.Equal(
            audit.Log.Entries.Select(it => it.Index.ToString(CultureInfo.InvariantCulture)),
            rows.Select(it => it["index"])
        );
        Assert.Equal("2026-11-23T12:00:01.000Z", rows[1]["time"]);
        Assert.Equal("CHECK_PURPOSE_REGISTRATION", rows[1]["purpose"]);
        Assert.Equal("0", rows[1]["status_code"]);
        Assert.Equal(
            ("ENTRY_DETAIL_STATE_SHREDDED", "", ""),
            (rows[10]["state"], rows[10]["member_id"], rows[10]["status_code"])
        );
        Assert.StartsWith(
            "index,time,retention,state,actor_kind,",
            Encoding.UTF8.GetString(file),
            StringComparison.Ordinal
        );
        Assert.Equal(Entries + 1, Encoding.UTF8.GetString(file).Split("\r\n").Length - 1);
        await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
    }

    [Fact]
    public async Task Parquet_gives_back_the_columns_typed()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.Parquet);

        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: Cancelled);
        using var group = reader.OpenRowGroupReader(0);
        var index = new long[Entries];
        var asked = new long?[Entries];
        var member = new string[Entries];
        var time = new DateTime[Entries];
        await group.ReadAsync<long>(reader.Schema.FindDataField("index"), index, cancellationToken: Cancelled);
        await group.ReadAsync<long>(
            reader.Schema.FindDataField("asked"),
            asked.AsMemory(),
            cancellationToken: Cancelled
        );
        await group.ReadAsync(reader.Schema.FindDataField("member_id"), member, cancellationToken: Cancelled);
        await group.ReadAsync<DateTime>(reader.Schema.FindDataField("time"), time, cancellationToken: Cancelled);

        Assert.Equal(audit.Log.Entries.Select(it => it.Index), index);
        Assert.Equal(audit.Log.Entries.Select(it => (long?)it.Detail?.Asked), asked);
        Assert.Equal(audit.Log.Entries.Select(it => it.Detail?.Actor.MemberId ?? ""), member);
        Assert.Equal(audit.Log.Entries.Select(it => it.Entry.Time.ToDateTime()), time);
        await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
    }

    [Theory]
    [InlineData(ExportFormat.JsonLines)]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Parquet)]
    public async Task A_filtered_export_holds_the_matches_and_says_so(ExportFormat format)
    {
        using var audit = await WithEntriesAsync();
        var filter = new EntryFilter { MemberId = "member-3" };
        var (file, manifest) = await ExportAsync(audit, format, filter);

        var check = await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
        var expected = audit.Log.Entries.Where(it => it.Detail?.Actor.MemberId == "member-3").ToList();
        Assert.Equal(expected.Count, check.Manifest!.Entries);
        Assert.Equal(
            (expected[0].Index, expected[^1].Index),
            (check.Manifest.FirstIndex!.Value, check.Manifest.LastIndex!.Value)
        );
        Assert.Equal((audit.Log.Origin, Entries), (check.Manifest.Origin, check.Manifest.Size));
        Assert.Equal(TestCheckpoint.NoteOf(Entries), check.Manifest.Checkpoint);
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["member_id"] = "member-3" }, check.Manifest.Filter));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), check.Manifest.FileSha256);
    }

    [Theory]
    [InlineData(ExportFormat.JsonLines)]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Parquet)]
    public async Task An_export_of_nothing_is_a_whole_file(ExportFormat format)
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, format, new() { MemberId = "nobody" });

        var check = await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
        Assert.Equal((0L, null, null), (check.Manifest!.Entries, check.Manifest.FirstIndex, check.Manifest.LastIndex));
    }

    [Fact]
    public async Task No_changed_byte_of_manifest_or_file_goes_unnoticed()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.Csv, new() { MemberId = "member-3" });
        var envelope = DsseEnvelope.TryParse(manifest)!;

        for (var i = 0; i < envelope.Payload.Length; i += 7)
        {
            var payload = envelope.Payload.ToArray();
            payload[i] ^= 1;
            await VerifyAsync(
                audit,
                file,
                (envelope with { Payload = payload }).ToBytes(),
                ManifestVerdict.SignatureWrong
            );
        }

        for (var i = 0; i < file.Length; i += 997)
        {
            var changed = file.ToArray();
            changed[i] ^= 1;
            await VerifyAsync(audit, changed, manifest, ManifestVerdict.FileDiffers);
        }

        await VerifyAsync(audit, file[..^1], manifest, ManifestVerdict.FileDiffers);
        await VerifyAsync(audit, [.. file, 0], manifest, ManifestVerdict.FileDiffers);
        await VerifyAsync(audit, file, (envelope with { Signatures = [] }).ToBytes(), ManifestVerdict.SignatureWrong);
        await VerifyAsync(
            audit,
            file,
            (envelope with { PayloadType = "text/plain" }).ToBytes(),
            ManifestVerdict.Unreadable
        );
        await VerifyAsync(audit, file, "{}"u8.ToArray(), ManifestVerdict.Unreadable);
        await VerifyAsync(audit, file, "not json"u8.ToArray(), ManifestVerdict.Unreadable);
    }

    [Fact]
    public async Task Another_key_does_not_vouch()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.Csv);
        var check = await ManifestCheck.VerifyAsync(manifest, new TestSigner(), new MemoryStream(file), Cancelled);

        Assert.Equal((ManifestVerdict.SignatureWrong, null), (check.Verdict, check.Manifest));
    }

    [Fact]
    public async Task More_entries_than_one_export_may_hold_are_refused()
    {
        using var audit = await WithEntriesAsync(it => it.Configure<ExportOptions>(o => o.MaxEntries = Entries - 1));
        var request = new ExportEntriesRequest { FileFormat = ExportFormat.Csv };

        var answer = await audit.Exporter.PrepareAsync(request, Cancelled);
        Assert.Equal(new(ErrorReason.ExportTooLarge, "filter", Entries - 1, Entries), answer.Refusal);
        request.Filter = new() { MemberId = "member-3" };
        Assert.False((await audit.Exporter.PrepareAsync(request, Cancelled)).IsRefused);
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_writer()
    {
        using var audit = await WithEntriesAsync();
        var prepared = await audit.Exporter.PrepareAsync(new() { FileFormat = ExportFormat.JsonLines }, Cancelled);
        await foreach (var part in prepared.Value!.WriteAsync(Cancelled))
        {
            if (!part.Chunk.IsEmpty)
            {
                break;
            }
        }

        Assert.Equal(Entries, (await ExportAsync(audit, ExportFormat.JsonLines)).File.AsSpan().Count((byte)'\n'));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(0)]
    public async Task Nothing_is_exported_that_the_checkpoint_beside_it_does_not_speak_of(int published)
    {
        using var audit = await WithEntriesAsync();
        audit.Checkpoint.Size = published; // The rest waits for witnesses.

        var (file, manifest) = await ExportAsync(audit, ExportFormat.JsonLines);

        var check = await VerifyAsync(audit, file, manifest, ManifestVerdict.Valid);
        Assert.Equal((published, published), (check.Manifest!.Size, check.Manifest.Entries));
        Assert.Equal(published, file.AsSpan().Count((byte)'\n'));
    }

    [Fact]
    public async Task A_manifest_of_more_than_its_checkpoint_speaks_of_is_not_valid()
    {
        using var audit = await WithEntriesAsync();
        var (file, manifest) = await ExportAsync(audit, ExportFormat.Csv);
        var honest = ExportManifest.TryParse(DsseEnvelope.TryParse(manifest)!.Payload)!;

        foreach (var checkpoint in new[] { TestCheckpoint.NoteOf(Entries - 1), "", "no checkpoint" })
        {
            var payload = (honest with { Checkpoint = checkpoint }).ToBytes();
            var signature = await audit.Signer.SignAsync(
                DsseEnvelope.SignedBytes(ExportManifest.PayloadType, payload),
                Cancelled
            );
            var envelope = new DsseEnvelope(ExportManifest.PayloadType, payload, [new(audit.Signer.KeyId, signature)]);
            await VerifyAsync(audit, file, envelope.ToBytes(), ManifestVerdict.NotCovered);
        }
    }

    [Fact]
    public void What_is_signed_is_what_the_specification_of_dsse_says() =>
        // https://github.com/secure-systems-lab/dsse/blob/master/protocol.md, test vectors.
        Assert.Equal(
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
            Encoding.ASCII.GetString(DsseEnvelope.SignedBytes("http://example.com/HelloWorld", "hello world"u8))
        );

    private static async Task<AuditUnderTest> WithEntriesAsync(Action<IServiceCollection>? configure = null)
    {
        var audit = new AuditUnderTest(configure: configure);
        for (var i = 0; i < Entries; i++)
        {
            audit.Log.Add(
                TestDetails.Noon.AddSeconds(i),
                TestDetails.Check($"member-{i % 7}", (uint)i, change: it => it.Audiences.Add(["north", "south"])),
                state: i == 10 ? DetailState.Shredded : DetailState.Open
            );
        }

        return await audit.CatchUpAsync();
    }

    private static async Task<(byte[] File, byte[] Manifest)> ExportAsync(
        AuditUnderTest audit,
        ExportFormat format,
        EntryFilter? filter = null
    )
    {
        var request = new ExportEntriesRequest { FileFormat = format, Filter = filter };
        var prepared = await audit.Exporter.PrepareAsync(request, Cancelled);
        Assert.Null(prepared.Refusal);
        var parts = await prepared.Value!.WriteAsync(Cancelled).ToListAsync(Cancelled);
        var told = parts.Where(it => it.Progress is not null).Select(it => it.Progress).ToList();
        Assert.Equal((0ul, prepared.Value.Entries), (told[0].Written, (long)told[0].Entries));
        Assert.Equal(told[^1].Entries, told[^1].Written);
        var chunks = parts[..^1].Where(it => it.Progress is null).ToList();
        Assert.All(chunks, it => Assert.InRange(it.Chunk.Length, 1, Limits.MaxExportChunkBytes));
        return ([.. chunks.SelectMany(it => it.Chunk)], parts[^1].Manifest.ToByteArray());
    }

    private static async Task<ManifestCheck> VerifyAsync(
        AuditUnderTest audit,
        byte[] file,
        byte[] manifest,
        ManifestVerdict expected
    )
    {
        var check = await ManifestCheck.VerifyAsync(manifest, audit.Signer, new MemoryStream(file), Cancelled);
        Assert.Equal(expected, check.Verdict);
        return check;
    }
}
