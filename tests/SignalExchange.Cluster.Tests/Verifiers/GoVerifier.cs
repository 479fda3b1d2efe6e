using System.Diagnostics;

namespace SignalExchange.Cluster.Tests.Verifiers;

/// <summary>verify.go as a program: Go's golang.org/x/mod/sumdb, as Debian has it (golang-golang-x-mod-dev), reads a log's folder.</summary>
internal sealed class GoVerifier(string program)
{
    /// <summary>Builds it into a folder.</summary>
    public static async Task<GoVerifier> Build(string folder)
    {
        var program = Path.Combine(folder, "verify");
        var source = Path.Combine(AppContext.BaseDirectory, "Verifiers", "verify.go");
        var (exitCode, output) = await Run("go", "build", "-o", program, source);
        Assert.True(exitCode == 0, output);
        return new(program);
    }

    /// <summary>Reads a log.</summary>
    /// <returns>0 when all of it is sound, and what it said.</returns>
    public Task<(int ExitCode, string Output)> Verify(string log) => Run(program, log);

    private static async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode" }, // where Debian's packages are
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await complaints);
    }
}
