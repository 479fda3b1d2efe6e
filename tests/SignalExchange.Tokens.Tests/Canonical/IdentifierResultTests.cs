using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical;

public sealed class IdentifierResultTests
{
    [Fact]
    public void Accepted_text_gives_its_identifier()
    {
        var result = Identifier.Email("Alice@Example.com");

        Assert.True(result.IsAccepted);
        Assert.Null(result.Refusal);
        Assert.Same(result.Identifier, result.GetOrThrow());
        Assert.Equal(IndicatorType.Email, result.Identifier.Type);
    }

    [Fact]
    public void Refused_text_gives_the_problem_and_throws_it_on_demand()
    {
        var result = Identifier.Phone("+1 555 0123");

        Assert.False(result.IsAccepted);
        Assert.Null(result.Identifier);
        Assert.Equal(CanonicalProblem.PhoneInvalid, result.Refusal.Value.Problem);
        var thrown = Assert.Throws<IdentifierRefusedException>(result.GetOrThrow);
        Assert.Equal(CanonicalProblem.PhoneInvalid, thrown.Problem);
        Assert.Equal(result.Refusal.Value.Text, thrown.Message);
    }

    [Fact]
    public void Nothing_that_is_printed_holds_any_of_the_text()
    {
        const string Secret = "qx7secret";
        IdentifierResult[] results =
        [
            Identifier.Email($"{Secret}@example.com"),
            Identifier.Email($"{Secret}@@"),
            Identifier.Phone($"+{Secret}"),
            Identifier.Phone("+1", Secret),
            Identifier.AccountHandle(Secret, Secret),
            Identifier.AccountHandle(Secret + "!", Secret),
            Identifier.AccountFingerprint(new Dictionary<string, string> { [Secret] = Secret }),
            Identifier.PaymentHandle("x", $"{Secret}@{Secret}"),
            Identifier.Iban(Secret),
            Identifier.CryptoWallet(Secret, Secret),
            Identifier.CryptoWallet("bitcoin", Secret),
            Identifier.Url($"https://{Secret}.com"),
            Identifier.Url($"{Secret}:x"),
            Identifier.InviteLink($"https://{Secret}.com"),
        ];

        Assert.All(results, result => Assert.DoesNotContain(Secret, Print(result), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_problem_has_words_and_a_code_of_its_name()
    {
        var problems = Enum.GetValues<CanonicalProblem>();

        Assert.All(
            problems,
            problem =>
            {
                Assert.Equal(problem.ToString(), PascalCase(CanonicalProblems.CodeOf(problem)));
                Assert.Matches("^[A-Z].+[.].+[.]$", CanonicalProblems.TextOf(problem));
            }
        );
    }

    [Fact]
    public void A_problem_that_is_none_of_ours_has_no_words() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalProblems.TextOf((CanonicalProblem)999));

    [Fact]
    public void An_advertisement_is_refused_with_a_word_on_how_it_is_done() =>
        Assert.Equal(CanonicalProblem.TypeOfAds, Identifier.Parse(IndicatorType.AdTemplate, "x").Refusal?.Problem);

    [Theory]
    [InlineData(IndicatorType.Unspecified)]
    [InlineData((IndicatorType)999)]
    public void A_type_that_is_not_of_the_contract_is_refused(IndicatorType type) =>
        Assert.Equal(CanonicalProblem.TypeUnknown, Identifier.Parse(type, "x").Refusal?.Problem);

    [Theory]
    [InlineData(IndicatorType.AccountHandle)]
    [InlineData(IndicatorType.PaymentHandle)]
    [InlineData(IndicatorType.CryptoWallet)]
    public void A_type_with_a_namespace_needs_one(IndicatorType type) =>
        Assert.Equal(CanonicalProblem.NamespaceMissing, Identifier.Parse(type, "x").Refusal?.Problem);

    [Fact]
    public void Half_a_surrogate_pair_is_refused_by_every_type()
    {
        string[] texts = ["\uD800", "a\uDC00@example.com", "https://example.com/\uD83D"];

        Assert.All(
            Contracts.Taxonomy.IndicatorTypes.OfOneText,
            type =>
                Assert.All(
                    texts,
                    text =>
                        Assert.False(
                            Identifier
                                .Parse(type, text, type is IndicatorType.CryptoWallet ? "bitcoin" : null)
                                .IsAccepted
                        )
                )
        );
        Assert.Equal(CanonicalProblem.CharacterNotAllowed, Identifier.Url(texts[2]).Refusal?.Problem);
    }

    [Fact]
    public void A_null_is_a_broken_promise()
    {
        Assert.Throws<ArgumentNullException>(() => Identifier.Phone(null!));
        Assert.Throws<ArgumentNullException>(() => Identifier.Email(null!));
        Assert.Throws<ArgumentNullException>(() => Identifier.AccountHandle("x", null!));
        Assert.Throws<ArgumentNullException>(() => Identifier.AccountHandle(null!, "x"));
        Assert.Throws<ArgumentNullException>(() => Identifier.AccountFingerprint(null!));
        Assert.Throws<ArgumentNullException>(() => Identifier.Parse(IndicatorType.Email, null!));
    }

    private static string Print(IdentifierResult result) =>
        $"{result} {result.Identifier} {result.Refusal} {(result.IsAccepted ? "" : Record.Exception(result.GetOrThrow))}";

    private static string PascalCase(string code) =>
        string.Concat(code.Split('_').Select(word => word[..1] + word[1..].ToLowerInvariant()));
}
