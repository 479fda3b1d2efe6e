using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>Reads the files at the start: what other silos would refuse is said before the first port opens.</summary>
internal sealed class SiloTlsOptionsValidator(
    SiloName name,
    IOptions<SiloIdentityOptions> identity,
    IOptions<ExchangeOptions> exchange
) : IValidateOptions<SiloTlsOptions>
{
    private const string Section = SiloIdentityOptions.Section + ":Tls";

    public ValidateOptionsResult Validate(string? _, SiloTlsOptions options)
    {
        try
        {
            return options.IsSet ? JudgeFiles(options) : JudgeClear(identity.Value);
        }
        catch (OptionsValidationException)
        {
            // What is wrong with the identity is said by itself.
            return ValidateOptionsResult.Success;
        }
    }

    private ValidateOptionsResult JudgeFiles(SiloTlsOptions options)
    {
        (string Setting, string? File)[] files =
        [
            (nameof(options.CertificateFile), options.CertificateFile),
            (nameof(options.KeyFile), options.KeyFile),
            (nameof(options.AuthoritiesFile), options.AuthoritiesFile),
        ];
        var missing = files.Where(it => !File.Exists(it.File)).ToList();
        return missing.Count > 0
            ? ValidateOptionsResult.Fail(
                missing.Select(it =>
                    $"{Section}:{it.Setting} is '{it.File}', which is no file that can be read; TLS between silos takes all three files."
                )
            )
            : Judge(options);
    }

    private ValidateOptionsResult JudgeClear(SiloIdentityOptions silo) =>
        IPAddress.IsLoopback(IPAddress.Parse(silo.Address))
        && IPAddress.IsLoopback(silo.ListensAt(exchange.Value.SiloPort).Address)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SiloIdentityOptions.Section}:Address is '{silo.Address}', Listen '{silo.Listen}'; what silos tell each other is not encrypted "
                    + $"without {Section}, so each may only be a loopback address."
            );

    private ValidateOptionsResult Judge(SiloTlsOptions options)
    {
        try
        {
            return SiloCredentials.Read(options).FindFault(name.Value) is { } fault
                ? ValidateOptionsResult.Fail($"{Section}:CertificateFile: the certificate {fault}.")
                : ValidateOptionsResult.Success;
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"{Section} names files that cannot be used: {failure.Message}");
        }
    }
}
