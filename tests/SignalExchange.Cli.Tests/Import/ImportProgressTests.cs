using SignalExchange.Cli.Import;

namespace SignalExchange.Cli.Tests.Import;

/// <summary>What makes an import the same when it is run again.</summary>
public sealed class ImportProgressTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_run_makes_the_same_ids_and_counts_from_the_same_time()
    {
        var first = await ImportProgress.Open(_file, "said", Now, Ct);
        await first.Save(41, [40, 7], Ct);

        var second = await ImportProgress.Open(_file, "said", Now.AddDays(1), Ct);

        Assert.Equal((41, Now), (second.RowsAnswered, second.StartedAt));
        Assert.Equal([7L, 40L], second.RowsLeft.Order());
        Assert.Equal(first.IdOf(7), second.IdOf(7));
        Assert.NotEqual(first.IdOf(7), first.IdOf(8));
    }

    [Fact]
    public async Task Another_file_or_another_statement_is_another_import()
    {
        await ImportProgress.Open(_file, "said", Now, Ct);

        await Assert.ThrowsAsync<UsageException>(() => ImportProgress.Open(_file, "said something else", Now, Ct));
        await File.WriteAllTextAsync(_file, "changed", Ct);
        await Assert.ThrowsAsync<UsageException>(() => ImportProgress.Open(_file, "said", Now, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Digest\":")]
    public async Task What_was_remembered_and_is_damaged_is_refused_and_left(string text)
    {
        await File.WriteAllTextAsync(_file + ".sigx", text, Ct);

        var refused = await Assert.ThrowsAsync<UsageException>(() => ImportProgress.Open(_file, "said", Now, Ct));

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_file + ".sigx", Ct));
    }

    public void Dispose()
    {
        File.Delete(_file);
        File.Delete(_file + ".sigx");
    }
}
