using CsCheck;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>Whatever comes in, the answer is an identifier or a refusal, and it comes.</summary>
public sealed class GarbageTests
{
    private const int Mebi = 1 << 20;

    // A refusal and its words; a copy of the text would be two mebibytes.
    private const int MostForRefusal = 16 << 10;

    // For what hangs only: what takes milliseconds as a line of the length takes hours as its cube.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Namespaces =
    [
        "",
        "instagram",
        "bitcoin",
        "ethereum",
        "monero",
        "solana",
        "cashapp",
        "\0",
    ];

    private static readonly Gen<IndicatorType> Type = Gen.OneOf([.. IndicatorTypes.OfOneText]);

    private static readonly Gen<char> Character = Gen.OneOf(
        Gen.Char[' ', '~'],
        Gen.OneOf("@.:/+-_%#?&=;,\\[]()<>\"'$*0123456789xX".ToCharArray()),
        Gen.Char['\0', '\uFFFF'],
        Gen.Char['\uD800', '\uDFFF'],
        Gen.Char['\u0300', '\u036F']
    );

    // Rows of the vectors, with characters put in, taken out or exchanged: close enough to the real thing to get far.
    private static readonly Gen<(IndicatorType Type, string Text, string Namespace)> Mutant =
        from type in Type
        from row in Gen.OneOf([.. CanonicalVector.Load(type).Where(row => row.Raw.Length is > 0 and < 200)])
        from edits in Gen.Select(Gen.Int[0, 200], Gen.Int[0, 2], Character).Array[0, 4]
        select (type, edits.Aggregate(row.Raw, Edit), row.Namespace ?? "");

    [Fact]
    public void Random_text_of_any_type_is_read_without_a_throw() =>
        Gen.Select(Type, Gen.String[Character, 0, 60], Gen.OneOf(Namespaces))
            .Sample((type, text, ns) => IsAnswer(Identifier.Parse(type, text, ns, "US")), iter: 20_000);

    [Fact]
    public void Damaged_identifiers_are_read_without_a_throw_and_what_is_accepted_is_its_own_form() =>
        Mutant.Sample(
            mutant =>
            {
                var result = Identifier.Parse(mutant.Type, mutant.Text, mutant.Namespace, "US");
                return IsAnswer(result) && (!result.IsAccepted || IsStable(result.Identifier));
            },
            iter: 10_000
        );

    [Fact]
    public void A_text_of_one_mebibyte_is_refused_without_a_copy_of_it()
    {
        string[] texts = [new('1', Mebi), new('@', Mebi), new(' ', Mebi), new('\u0301', Mebi), new('\uD800', Mebi)];
        foreach (var type in IndicatorTypes.OfOneText)
        {
            foreach (var text in texts)
            {
                _ = Identifier.Parse(type, "", NamespaceOf(type), "US"); // Tables are made once.
                var before = GC.GetAllocatedBytesForCurrentThread();
                var result = Identifier.Parse(type, text, NamespaceOf(type), "US");
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

                Assert.Equal(CanonicalProblem.TooLong, result.Refusal?.Problem);
                Assert.InRange(bytes, 0, MostForRefusal);
            }
        }
    }

    [Fact]
    public void A_namespace_of_one_mebibyte_is_refused()
    {
        foreach (var ns in new[] { new string('a', Mebi), new string(' ', Mebi) + "!", new string('\u0130', Mebi) })
        {
            Assert.Equal(CanonicalProblem.NamespaceMalformed, Identifier.AccountHandle(ns, "bob").Refusal?.Problem);
            Assert.Equal(CanonicalProblem.RegionUnknown, Identifier.Phone("+12127365000", ns).Refusal?.Problem);
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("(")]
    [InlineData("1-")]
    [InlineData("+1 ")]
    [InlineData("x1")]
    [InlineData(" ;ext=1")]
    [InlineData(",")]
    [InlineData("@")]
    [InlineData("a.")]
    [InlineData("xn--a.")]
    [InlineData("\u00FC.")]
    [InlineData("\u00FC")]
    [InlineData("\uFDFA")]
    [InlineData("\u0345\u0334")]
    [InlineData("\u0301\u0316")]
    [InlineData("%41")]
    [InlineData("/../a")]
    [InlineData("&a=1")]
    [InlineData("a1=\\;b;")]
    [InlineData("\U0001F4A9")]
    [InlineData("z")]
    public async Task A_text_as_long_as_allowed_is_read(string piece)
    {
        // The longest that each form looks at, from its doc.
        int[] lengths = [96, 250, 256, 512, 4_096, 8_192];
        string[] beginnings = ["", "+", "https://example.com/", "a@", "a=", "mailto:"];
        var asked =
            from type in IndicatorTypes.OfOneText
            from length in lengths
            from beginning in beginnings
            select (Type: type, Text: (beginning + string.Concat(Enumerable.Repeat(piece, length)))[..length]);

        await Task.Run(
                () =>
                    Assert.All(
                        asked,
                        it => Assert.True(IsAnswer(Identifier.Parse(it.Type, it.Text, NamespaceOf(it.Type), "US")))
                    ),
                TestContext.Current.CancellationToken
            )
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static string Edit(string text, (int At, int Kind, char Character) edit)
    {
        var at = Math.Min(edit.At, text.Length - 1);
        return at < 0 ? $"{edit.Character}"
            : edit.Kind == 0 ? text.Insert(at, $"{edit.Character}")
            : edit.Kind == 1 ? text.Remove(at, 1)
            : text.Remove(at, 1).Insert(at, $"{edit.Character}");
    }

    private static bool IsAnswer(IdentifierResult result) =>
        result.IsAccepted
            ? result.Refusal is null && result.Identifier.Canonical.Length <= ushort.MaxValue
            : result.Refusal is { Text.Length: > 0 };

    // A fingerprint's form is bytes, not a text to be read.
    private static bool IsStable(Identifier identifier)
    {
        if (identifier.Type is IndicatorType.AccountFingerprint)
        {
            return true;
        }

        var text = System.Text.Encoding.UTF8.GetString(identifier.Canonical);
        var colon = NamespaceOf(identifier.Type) is null ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        var ns = colon < 0 ? null : text[..colon];
        return identifier.Equals(Identifier.Parse(identifier.Type, text[(colon + 1)..], ns).Identifier);
    }

    private static string? NamespaceOf(IndicatorType type) =>
        type switch
        {
            IndicatorType.AccountHandle or IndicatorType.PaymentHandle => "instagram",
            IndicatorType.CryptoWallet => "bitcoin",
            _ => null,
        };
}
