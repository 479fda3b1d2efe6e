using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Tests.Audiences;

/// <summary>A statement of a random world.</summary>
/// <param name="Owner">Who says it.</param>
/// <param name="Level">Its TLP level.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="Countries">Its countries.</param>
/// <param name="Attribution">How its owner appears.</param>
/// <param name="IsWithdrawn">Whether it was withdrawn since.</param>
internal sealed record Said(
    WorldMember Owner,
    ShareLevel Level,
    string[] Groups,
    string[] Countries,
    Attribution Attribution,
    bool IsWithdrawn
);
