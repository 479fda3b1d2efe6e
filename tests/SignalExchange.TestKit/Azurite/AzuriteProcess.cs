using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace SignalExchange.TestKit.Azurite;

/// <summary>
/// An Azurite of the test's own: Azure Storage on free loopback ports, in a folder that goes with it. It can be killed and
/// started again on the same folder, ports and keys.
/// </summary>
/// <remarks>
/// Where it differs from the service, as seen in version 3.37.0: tables are kept in memory and saved every five seconds, so
/// what it acknowledged may be gone after a kill (<see cref="WaitUntilSavedAsync"/>), unless it is made to keep its word
/// (<see cref="StartDurableAsync"/>); transactions are atomic towards other
/// requests, since it runs one at a time, and towards a kill, since it saves between them.
/// </remarks>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Tables = "__azurite_db_table__.json";
    private const string Blobs = "__azurite_db_blob__.json";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-azurite-").FullName;
    private readonly AzuriteLauncher _launcher;
    private readonly string _scheme;
    private readonly Dictionary<string, string> _keys;
    private readonly Dictionary<string, int> _ports = new()
    {
        ["Blob"] = 0,
        ["Queue"] = 0,
        ["Table"] = 0,
    };
    private Process? _process;

    private AzuriteProcess(int accounts, bool isKept, bool isDurable, X509Certificate2? certificate = null)
    {
        _launcher = new(_folder, isKept, isDurable, certificate);
        _scheme = certificate is null ? "http" : "https";
        _keys = Enumerable
            .Range(1, accounts)
            .ToDictionary(
                i => string.Create(CultureInfo.InvariantCulture, $"account{i}"),
                _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))
            );
    }

    /// <summary>Starts one.</summary>
    /// <param name="accounts">How many storage accounts it has.</param>
    /// <param name="isKept">Whether it saves what it has, for a start after a kill. Saving holds it up, the more it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<AzuriteProcess> StartAsync(int accounts, bool isKept, CancellationToken cancellationToken) =>
        StartAsync(new AzuriteProcess(accounts, isKept, isDurable: false), cancellationToken);

    /// <summary>Starts one that keeps the service's promise: what it has acknowledged is there after a kill.</summary>
    /// <param name="accounts">How many storage accounts it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<AzuriteProcess> StartDurableAsync(int accounts, CancellationToken cancellationToken) =>
        StartAsync(new AzuriteProcess(accounts, isKept: true, isDurable: true), cancellationToken);

    /// <summary>Starts one with an account that takes the tokens of Microsoft Entra, over TLS, as the service does.</summary>
    /// <param name="certificate">What it shows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<AzuriteProcess> StartForTokensAsync(
        X509Certificate2 certificate,
        CancellationToken cancellationToken
    ) => StartAsync(new AzuriteProcess(accounts: 1, isKept: false, isDurable: false, certificate), cancellationToken);

    /// <summary>Returns the address of a service of the first account: of its <c>Table</c>s, or its <c>Blob</c>s.</summary>
    public Uri Address(string service) => new(Endpoint(service, "account1"));

    /// <summary>Returns the connection string of an account.</summary>
    /// <param name="account">From 1.</param>
    public string ConnectionString(int account = 1)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"account{account}");
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={_keys[name]};"
            + $"BlobEndpoint={Endpoint("Blob", name)};TableEndpoint={Endpoint("Table", name)};";
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, as it was.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Process.Start(_launcher.StartInfo(_keys, _ports))!;
        var complaints = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Deadline);
        for (var listening = 0; listening < _ports.Count; )
        {
            var line =
                await _process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"Azurite ended: {await complaints}");
            if (Listening().Match(line) is { Success: true } match)
            {
                _ports[match.Groups["service"].Value] = int.Parse(
                    match.Groups["port"].ValueSpan,
                    CultureInfo.InvariantCulture
                );
                listening++;
            }
        }
    }

    /// <summary>Sends it SIGKILL, in the middle of whatever it does. What it had not saved is lost.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process!.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>Kills it, one that is durable, in the middle of writes that it has done and not answered; returns when it is gone.</summary>
    /// <param name="areSaved">Whether they are saved by then, or will never have been.</param>
    /// <param name="cancellationToken">Ends the wait for writes.</param>
    /// <exception cref="TimeoutException">Nobody wrote anything for a minute.</exception>
    public async Task KillInWritesAsync(bool areSaved, CancellationToken cancellationToken)
    {
        await _process!.StandardInput.WriteLineAsync(areSaved ? AzuriteLauncher.DieSaved : AzuriteLauncher.DieUnsaved);
        await _process.StandardInput.FlushAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Deadline, cancellationToken);
        _process.Dispose();
    }

    /// <summary>Waits until its tables' file holds a text, a row's key for instance.</summary>
    public Task WaitUntilSavedAsync(string text, CancellationToken cancellationToken) =>
        WaitUntilFileHoldsAsync(Tables, text, cancellationToken);

    /// <summary>Waits until its blobs' file holds a text, a blob's ETag for instance.</summary>
    public Task WaitUntilBlobSavedAsync(string text, CancellationToken cancellationToken) =>
        WaitUntilFileHoldsAsync(Blobs, text, cancellationToken);

    /// <summary>Notes its tables as they are saved.</summary>
    public void KeepTables() => File.Copy(Path.Combine(_folder, Tables), Kept, overwrite: true);

    /// <summary>Has it start, after <see cref="KillAsync"/>, with the tables that were noted.</summary>
    public void PutTablesBack() => File.Move(Kept, Path.Combine(_folder, Tables), overwrite: true);

    private async Task WaitUntilFileHoldsAsync(string name, string text, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, name);
        for (var begun = Stopwatch.GetTimestamp(); !await HoldsAsync(file, text, cancellationToken); )
        {
            Assert.True(
                Stopwatch.GetElapsedTime(begun) < Deadline,
                $"Azurite has not saved '{text}' after {Deadline.TotalSeconds} seconds."
            );
            await Task.Delay(100, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { })
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<AzuriteProcess> StartAsync(AzuriteProcess azurite, CancellationToken cancellationToken)
    {
        await azurite.StartAsync(cancellationToken);
        return azurite;
    }

    private static async Task<bool> HoldsAsync(string file, string text, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(file, cancellationToken)).Contains(text, StringComparison.Ordinal);

    private string Kept => Path.Combine(_folder, "kept.json");

    private string Endpoint(string service, string account) =>
        string.Create(CultureInfo.InvariantCulture, $"{_scheme}://127.0.0.1:{_ports[service]}/{account}");

    [GeneratedRegex(
        "^Azurite (?<service>Blob|Queue|Table) service is successfully listening at https?://127\\.0\\.0\\.1:(?<port>[0-9]+)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Listening();
}
