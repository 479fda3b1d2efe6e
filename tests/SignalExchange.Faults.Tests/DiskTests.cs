using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Load;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Faults.Tests;

/// <summary>The disk of an exchange on the embedded engine is full: nothing is acknowledged that is not there, and it goes on when there is room.</summary>
public sealed class DiskTests : IAsyncLifetime
{
    private const int DiskMegabytes = 48;

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-disk-").FullName;
    private readonly SiloAddresses _addresses = new();
    private readonly Platform _consortium;
    private readonly Platform _member;
    private readonly SiloProcess _silo;

    public DiskTests()
    {
        _consortium = new Platform("consortium", [_addresses]);
        _member = new Platform("north", [_addresses]);
        _silo = new(
            "silo",
            _folder,
            _addresses.Health,
            [
                "--Exchange:DataDirectory",
                Disk,
                "--Exchange:Listen",
                _addresses.Members.ToString(),
                "--Exchange:ListenTiles",
                _addresses.Tiles.ToString(),
                "--Exchange:ListenMetrics",
                _addresses.Health.ToString(),
            ]
        );
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Disk => Path.Combine(_folder, "disk");

    // The disk is mounted where only the silo sees it, so it goes with the silo; this is how others get there.
    private string Ballast => $"/proc/{_silo.Id}/root{Disk}/ballast";

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_folder, "operator.pub.pem");
        await File.WriteAllTextAsync(file, _consortium.PublicKeyPem, Ct);
        await _silo.RunAsync(Ct, "bootstrap", "--public-key", file);
        _silo.Launcher = SmallDisk.LauncherFor(Disk, DiskMegabytes);
        await _silo.StartAsync(Ct);
        await _silo.UntilReadyAsync(Ct);
        await _consortium
            .At(0, isPatient: true)
            .Members.AddAsync(_member.Id, [], _member.PublicKey, cancellationToken: Ct);
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_and_loses_none_that_it_acknowledged()
    {
        var (_, subjects) = await SubjectMaker.MakeAsync(_member.At(0, isPatient: true), 300, new(), Ct);
        var before = await SubmitAsync(subjects.Take(100), isPatient: true);
        Assert.Equal(100, before.Count);

        SmallDisk.Fill(Ballast);
        List<Subject> during =
        [
            .. await SubmitAsync(subjects.Skip(100).Take(50)),
            .. await SubmitAsync(subjects.Skip(150).Take(50)),
        ];
        Assert.True(during.Count < 100, "Everything was accepted: the disk was not full.");

        File.Delete(Ballast);
        var after = await Eventually.ResultAsync(
            () => SubmitAsync(subjects.Skip(200)),
            accepted => accepted.Count == 100,
            "submissions that are accepted again"
        );
        await AssertKnownAsync([.. before, .. during, .. after]);
        Assert.Empty(await VerifyLogAsync());

        // And after a loss of power at the end, from what is on the disk: copied, since the disk goes with the silo.
        await AssertKnownAfterKillAsync([.. before, .. during, .. after]);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _consortium.Dispose();
        _member.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AssertKnownAfterKillAsync(IReadOnlyList<Subject> subjects)
    {
        await _silo.PauseAsync();
        SmallDisk.CopyOut($"/proc/{_silo.Id}/root{Disk}", Disk + ".copy");
        await _silo.KillAsync();
        Directory.Delete(Disk, recursive: true);
        Directory.Move(Disk + ".copy", Disk);
        _silo.Launcher = [];
        await _silo.StartAsync(Ct);
        await _silo.UntilReadyAsync(Ct);
        await AssertKnownAsync(subjects);
        Assert.Empty(await VerifyLogAsync());
    }

    private async Task AssertKnownAsync(IReadOnlyList<Subject> subjects)
    {
        var checks = await Eventually.ResultAsync(
            () =>
                TryAsync(() =>
                    _member
                        .At(0)
                        .CheckBatchAsync([.. subjects.Select(it => it.Identifier)], CheckPurpose.Registration, Ct)
                ),
            answer => answer is not null,
            "an answer"
        );
        Assert.All(checks!, check => Assert.Single(check.Verdict!.Signals));
    }

    /// <summary>Returns those that were acknowledged.</summary>
    private async Task<IReadOnlyList<Subject>> SubmitAsync(IEnumerable<Subject> subjects, bool isPatient = false)
    {
        var all = subjects.ToList();
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var outcomes = await TryAsync(() =>
            _member
                .At(0, isPatient)
                .SubmitBatchAsync([.. all.Select(it => new SignalSubmission(it.Identifier, statement))], Ct)
        );
        return outcomes is null ? [] : [.. all.Where((_, place) => outcomes[place].IsAccepted)];
    }

    private async Task<IReadOnlyList<string>> VerifyLogAsync()
    {
        using var witness = new AccessLogWitness();
        return (await witness.VerifyAsync(_addresses.Tiles, "silo-1", Ct)).Findings;
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (SignalExchangeException)
        {
            return null;
        }
    }
}
