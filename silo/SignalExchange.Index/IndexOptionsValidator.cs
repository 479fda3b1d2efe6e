using Microsoft.Extensions.Options;

namespace SignalExchange.Index;

/// <summary>What the attributes of <see cref="IndexOptions"/> cannot say.</summary>
internal sealed class IndexOptionsValidator : IValidateOptions<IndexOptions>
{
    public ValidateOptionsResult Validate(string? name, IndexOptions options) =>
        options.FreshnessLimit < 2 * options.HeadInterval
            ? ValidateOptionsResult.Fail(
                $"FreshnessLimit is {options.FreshnessLimit}; it must be at least twice HeadInterval, {options.HeadInterval}."
            )
        : options.HeadSweepInterval < options.HeadInterval
            ? ValidateOptionsResult.Fail(
                $"HeadSweepInterval is {options.HeadSweepInterval}; it must be at least HeadInterval, {options.HeadInterval}."
            )
        : ValidateOptionsResult.Success;
}
