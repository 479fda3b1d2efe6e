using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests;

/// <summary>Identifiers and submissions to test with.</summary>
internal static class Samples
{
    public static Identifier Email(int number) => Identifier.Email($"person{number}@mail.example").GetOrThrow();

    public static Identifier Url(int number) => Identifier.Url($"https://site.example/{number}").GetOrThrow();

    public static Identifier Handle(int number) =>
        Identifier.AccountHandle("photo.example", $"person{number}").GetOrThrow();

    public static IEnumerable<Identifier> Emails(int count) => Enumerable.Range(0, count).Select(Email);

    public static SignalSubmission Submission(Identifier identifier, Action<SignalStatement>? change = null) =>
        new(identifier, Statements.Valid(TimeProvider.System.GetUtcNow(), change ?? (_ => { })));
}
