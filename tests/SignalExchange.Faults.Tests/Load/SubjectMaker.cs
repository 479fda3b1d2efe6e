using SignalExchange.Client;
using SignalExchange.Contracts;
using SignalExchange.Storage;
using SignalExchange.Tokens;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Makes up people to report, and asks for their tokens, from which their shards follow.</summary>
internal static class SubjectMaker
{
    public static async Task<(KeyId Key, IReadOnlyList<Subject> Subjects)> MakeAsync(
        ISignalExchangeClient client,
        int count,
        ShardMap shards,
        CancellationToken cancellationToken
    )
    {
        var run = SubmissionId.NewId();
        var identifiers = Enumerable
            .Range(0, count)
            .Select(number => Identifier.Email($"{run}-{number}@mail.example").GetOrThrow())
            .ToList();
        var tokens = await client.MakeTokensAsync(identifiers, cancellationToken);
        return (
            tokens[0].KeyId,
            [
                .. tokens.Select(
                    (it, number) => new Subject(number, identifiers[number], it.Token, shards.ShardOf(it.Token).Number)
                ),
            ]
        );
    }
}
