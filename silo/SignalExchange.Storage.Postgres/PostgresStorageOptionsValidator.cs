using Microsoft.Extensions.Options;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres;

/// <summary>What the attributes of <see cref="PostgresStorageOptions"/> cannot say.</summary>
internal sealed class PostgresStorageOptionsValidator : IValidateOptions<PostgresStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgresStorageOptions options) =>
        ConnectionSettings.FindFault(options) is { } fault
            ? ValidateOptionsResult.Fail($"{nameof(options.ConnectionString)}: {fault}")
            : ValidateOptionsResult.Success;
}
