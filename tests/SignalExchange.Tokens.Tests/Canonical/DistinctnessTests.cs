using CsCheck;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>Two identifiers that mean different things never share a form: a wrong match accuses a stranger.</summary>
public sealed class DistinctnessTests
{
    private const string Strong = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

    private static readonly Gen<string> Slug = Gen.String[Gen.OneOf("ab.-1".ToCharArray()), 0, 4].Select(s => $"n{s}n");

    private static readonly Gen<string> Handle = Gen.String[Gen.OneOf("ab:.-1_@".ToCharArray()), 0, 6]
        .Select(s => $"h{s}");

    private static readonly Gen<Dictionary<string, string>> Parts = Gen.Dictionary(
        Gen.String[Gen.OneOf("ab".ToCharArray()), 1, 3],
        Gen.String[Gen.OneOf("ab=;\\".ToCharArray()), 1, 3]
    )[1, 3];

    [Fact]
    public void Handles_are_equal_only_if_platform_and_handle_are() =>
        Gen.Select(Slug, Handle, Slug, Handle)
            .Sample(
                (platform, handle, otherPlatform, otherHandle) =>
                    Identifier
                        .AccountHandle(platform, handle)
                        .GetOrThrow()
                        .Equals(Identifier.AccountHandle(otherPlatform, otherHandle).GetOrThrow())
                    == (platform == otherPlatform && handle == otherHandle),
                iter: 20_000
            );

    [Fact]
    public void Fingerprints_are_equal_only_if_all_parts_are() =>
        Gen.Select(Parts, Parts)
            .Sample((parts, other) => Make(parts).Equals(Make(other)) == IsSame(parts, other), iter: 20_000);

    [Fact]
    public void The_order_of_parts_does_not_matter() =>
        Parts.Sample(parts => Make(parts).Equals(Make(parts.Reverse().ToDictionary())));

    [Fact]
    public void Parts_in_one_text_are_the_same_as_parts_apart() =>
        Parts.Sample(parts =>
        {
            parts["z"] = Strong;
            var text = string.Join(';', parts.Select(part => $"{part.Key}={Escape(part.Value)}"));
            return Identifier
                .Parse(Contracts.V1.IndicatorType.AccountFingerprint, text)
                .GetOrThrow()
                .Equals(Make(parts));
        });

    [Fact]
    public void Types_keep_equal_bytes_apart()
    {
        var handle = Identifier.AccountHandle("paypal", "bob").GetOrThrow();
        var payment = Identifier.PaymentHandle("paypal", "bob").GetOrThrow();

        Assert.True(handle.Canonical.SequenceEqual(payment.Canonical));
        Assert.NotEqual(handle, payment);
    }

    private static Identifier Make(Dictionary<string, string> parts) =>
        Identifier.AccountFingerprint(new Dictionary<string, string>(parts) { ["z"] = Strong }).GetOrThrow();

    private static bool IsSame(Dictionary<string, string> parts, Dictionary<string, string> other) =>
        parts.OrderBy(part => part.Key).SequenceEqual(other.OrderBy(part => part.Key));

    private static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace("=", "\\=", StringComparison.Ordinal);
}
