using System.Collections.Frozen;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Taxonomy;

/// <summary>What is known about each kind of identifier: its slug and how long a signal on it may live.</summary>
public static class IndicatorTypes
{
    private static readonly FrozenDictionary<IndicatorType, (string Slug, int CapDays)> ByType = new Dictionary<
        IndicatorType,
        (string, int)
    >
    {
        // Numbers are recycled, devices change hands sooner; the caps are those of the design's rules for signals.
        [IndicatorType.PhoneE164] = ("phone-e164", 180),
        [IndicatorType.Email] = ("email", 365),
        [IndicatorType.AccountHandle] = ("account-handle", 365),
        [IndicatorType.AccountFingerprint] = ("account-fingerprint", 90),
        [IndicatorType.PaymentHandle] = ("payment-handle", 365),
        [IndicatorType.Iban] = ("iban", 365),
        [IndicatorType.CryptoWallet] = ("crypto-wallet", 365),
        [IndicatorType.Url] = ("url", 180),
        [IndicatorType.InviteLink] = ("invite-link", 180),
        [IndicatorType.AdTemplate] = ("ad-template", 365),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, IndicatorType> BySlug = ByType.ToFrozenDictionary(
        pair => pair.Value.Slug,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>Gets every kind of identifier, in the order of the contract.</summary>
    public static IReadOnlyList<IndicatorType> All { get; } = [.. ByType.Keys.Order()];

    /// <summary>Gets the kinds of which one text is one indicator: all but the bands of advertisements.</summary>
    public static IReadOnlyList<IndicatorType> OfOneText { get; } =
    [.. All.Where(type => type is not IndicatorType.AdTemplate)];

    /// <summary>Returns the slug, for example <c>phone-e164</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not one of <see cref="All"/>.</exception>
    public static string Slug(IndicatorType type) => Find(type).Slug;

    /// <summary>Returns the longest time from now to a signal's expiry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not one of <see cref="All"/>.</exception>
    public static TimeSpan ExpiryCap(IndicatorType type) => TimeSpan.FromDays(Find(type).CapDays);

    /// <summary>Finds the type of a slug.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> slug, out IndicatorType type) =>
        BySlug.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(slug, out type);

    private static (string Slug, int CapDays) Find(IndicatorType type) =>
        ByType.TryGetValue(type, out var found)
            ? found
            : throw new ArgumentOutOfRangeException(nameof(type), type, "Not an indicator type of this contract.");
}
