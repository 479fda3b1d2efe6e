using System.Buffers;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.TransparencyLog.Tests.Verification;

public sealed class DetailTests : IDisposable
{
    private readonly TestLog _log = new(300);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task An_altered_detail_is_named()
    {
        WriteDetails(place => place == 7 ? "other"u8.ToArray() : TestLog.DetailOf(256 + place));

        var finding = Assert.Single((await _log.VerifyAsync()).Findings);

        Assert.Equal((LogFindingKind.DetailAltered, 263), (finding.Kind, finding.Entry));
    }

    [Fact]
    public async Task Shredded_details_are_counted_and_no_error()
    {
        _log.Files.Files.Remove("detail/000");
        WriteDetails(place => place == 7 ? [] : TestLog.DetailOf(256 + place));

        var result = await _log.VerifyAsync();

        Assert.True(result.IsIntact);
        Assert.Equal((43, 257), (result.DetailsVerified, result.DetailsShredded));
    }

    [Fact]
    public async Task Shredded_details_are_an_error_where_they_must_be_there()
    {
        _log.Files.Files.Remove("detail/000");

        var finding = Assert.Single(
            (await _log.VerifyAsync(_log.Options with { AllowsShreddedDetails = false })).Findings
        );

        Assert.Equal((LogFindingKind.DetailMissing, 0), (finding.Kind, finding.Entry));
    }

    [Fact]
    public async Task Details_are_left_alone_when_nobody_asks()
    {
        _log.Files.Files.Remove("detail/000");

        var result = await _log.VerifyAsync(_log.Options with { EntryCheck = null });

        Assert.True(result.IsIntact);
        Assert.Equal((0, 0), (result.DetailsVerified, result.DetailsShredded));
        Assert.DoesNotContain(_log.Files.Reads, path => path.StartsWith("detail/", StringComparison.Ordinal));
    }

    private void WriteDetails(Func<int, byte[]> detail)
    {
        var bundle = new ArrayBufferWriter<byte>();
        for (var place = 0; place < 44; place++)
        {
            DetailBundle.Write(bundle, detail(place));
        }

        _log.Files.Files["detail/001.p/44"] = bundle.WrittenSpan.ToArray();
    }
}
