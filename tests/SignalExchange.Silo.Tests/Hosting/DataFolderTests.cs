using Microsoft.Data.Sqlite;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What becomes of the data folder: restarts, a full disk, a second process, a newer version.</summary>
[Collection(WholeMachine.Name)]
[Trait(Speed.Name, Speed.Slow)]
public sealed class DataFolderTests : IAsyncLifetime
{
    private readonly ExchangeFixture _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_restart()
    {
        var member = await _exchange.AddMember("stays");
        var before = new Reporter(_exchange.InvokerFor(member));
        var element = (await before.NewElements(1))[0];
        var token = await before.TokenOf(element);
        var accepted = (await before.Submit(Reporter.SubmissionOf(element)))[0].Accepted;

        await _exchange.Stop();
        await _exchange.Start();

        var after = new Reporter(_exchange.InvokerFor(member));
        var hit = Assert.Single((await after.Check([token], accepted.Position)).Hits);
        Assert.Equal(accepted.SignalId, Assert.Single(hit.Verdict.Signals).SignalId);
        Assert.Equal(token, await after.TokenOf(element));
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused()
    {
        var refused = await Assert.ThrowsAsync<StorageInUseException>(() =>
            ServeCommand.Build(["--Exchange:DataDirectory", _exchange.DataDirectory], Ct)
        );

        Assert.Contains("Another process has the data folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_operator_is_enrolled_once()
    {
        await _exchange.Stop();

        Assert.Equal(1, await _exchange.Bootstrap());
    }

    [Fact]
    public async Task A_folder_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await _exchange.Stop();
        await Execute("PRAGMA user_version = 2");

        var refused = await Assert.ThrowsAsync<StorageFormatException>(() => _exchange.Start());

        Assert.Contains("format 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2L, await Execute("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_and_answers_checks_and_recovers()
    {
        var member = await _exchange.AddMember("fills-up");
        var kept = (await new Reporter(_exchange.InvokerFor(member)).NewElements(1))[0];
        await new Reporter(_exchange.InvokerFor(member)).Submit(Reporter.SubmissionOf(kept));
        await _exchange.Stop();
        await _exchange.Start("--Exchange:MaxDatabaseBytes", "1048576");
        var full = new Reporter(_exchange.InvokerFor(member));

        var (element, result) = await SubmitUntilRefused(full);

        Assert.Equal(ErrorReason.StorageUnavailable, result.Error.Reason);
        Assert.Single((await full.Check([await full.TokenOf(kept)])).Hits);
        Assert.Empty((await full.Check([await full.TokenOf(element)])).Hits);

        await _exchange.Stop();
        await _exchange.Start();
        var again = new Reporter(_exchange.InvokerFor(member));
        Assert.NotNull((await again.Submit(Reporter.SubmissionOf(element)))[0].Accepted);
    }

    private static async Task<(Google.Protobuf.ByteString Element, SubmitResult Result)> SubmitUntilRefused(
        Reporter member
    )
    {
        for (var round = 0; round < 40; round++)
        {
            var elements = await member.NewElements(100);
            var results = await member.Submit([.. elements.Select(element => Reporter.SubmissionOf(element))]);
            if (results.Index().FirstOrDefault(entry => entry.Item.Error is not null) is { Item: { } refused } entry)
            {
                return (elements[entry.Index], refused);
            }
        }

        throw new InvalidOperationException("The database did not fill up.");
    }

    private async Task<object?> Execute(string sql)
    {
        var file = Path.Combine(_exchange.DataDirectory, "exchange.db");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Ct);
    }
}
