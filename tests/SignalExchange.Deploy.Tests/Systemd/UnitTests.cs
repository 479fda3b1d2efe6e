using System.Globalization;
using System.Text.RegularExpressions;

namespace SignalExchange.Deploy.Tests.Systemd;

/// <summary>systemd takes the unit without a word, and finds little that the service could harm. ./test.sh installs systemd-analyze.</summary>
public sealed class UnitTests : IDisposable
{
    private const string Unit = "systemd/signalexchange.service";

    // Of 10, systemd's own scale. What is left: it is on the network, it compiles while it runs, it reads how much memory there is.
    private const double MostExposure = 1.5;

    private readonly string _folder = Directory.CreateTempSubdirectory("unit-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Systemd_understands_every_line()
    {
        // The program of this machine in the place of the server's, since systemd looks whether it is there.
        var unit = await Copy(text =>
            text.Replace("/usr/bin/dotnet", Environment.ProcessPath, StringComparison.Ordinal)
        );

        var (exitCode, output, complaints) = await Analyze("verify", "--man=no", unit);

        Assert.Equal("", output + complaints);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task A_misspelt_line_is_found()
    {
        var unit = await Copy(text => text.Replace("NoNewPrivileges", "NoNewPriviledges", StringComparison.Ordinal));

        var (_, output, complaints) = await Analyze("verify", "--man=no", unit);

        Assert.Contains("NoNewPriviledges", output + complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_exposure_is_low()
    {
        var (_, report, _) = await Analyze("security", "--offline=true", Path.Combine(DeployFiles.Root, Unit));

        var level = Regex.Match(report, @"Overall exposure level for signalexchange\.service: (?<level>[\d.]+)");
        Assert.True(level.Success, report);
        Assert.True(double.Parse(level.Groups["level"].Value, CultureInfo.InvariantCulture) <= MostExposure, report);
    }

    [Fact]
    public void Secrets_come_as_credentials_and_from_nowhere_else()
    {
        var text = DeployFiles.Read(Unit);
        var handed = Regex.Matches(text, "^LoadCredential=(?<name>[^:]+):", RegexOptions.Multiline);
        var used = Regex.Matches(text, "^Environment=.*=%d/(?<name>.+)$", RegexOptions.Multiline);

        Assert.Equal(3, used.Count);
        Assert.Equal(
            handed.Select(it => it.Groups["name"].Value).Order(),
            used.Select(it => it.Groups["name"].Value).Order()
        );
        Assert.DoesNotMatch("Environment=.*=/etc/", text);
    }

    private async Task<string> Copy(Func<string, string> change)
    {
        var file = Path.Combine(_folder, "signalexchange.service");
        await File.WriteAllTextAsync(file, change(DeployFiles.Read(Unit)), Ct);
        return file;
    }

    private Task<(int ExitCode, string Output, string Complaints)> Analyze(params string[] arguments) =>
        Commands.Run(_folder, "systemd-analyze", Ct, arguments);
}
