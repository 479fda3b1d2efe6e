using System.Buffers.Binary;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Templates;
using SignalExchange.KeyService;
using SignalExchange.Storage;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Silo.Templates;

/// <summary>Reads the bands of ads that are registered or asked about.</summary>
internal sealed class SketchReader(IRotationVault vault)
{
    /// <summary>Finds what stands against the elements of an ad.</summary>
    /// <param name="elements">The elements of its bands, one after the other.</param>
    public static Refusal? CheckElements(ByteString elements)
    {
        if (Check(elements.Span, "elements") is { } refusal)
        {
            return refusal;
        }

        for (var rest = elements.Span; !rest.IsEmpty; rest = rest[Ristretto.ElementSize..])
        {
            if (!Ristretto.IsValidElement(rest[..Ristretto.ElementSize]))
            {
                return new Refusal(ErrorReason.ElementInvalid, "elements");
            }
        }

        return null;
    }

    /// <summary>Finds what stands against the bands of one ad: there are as many as a sketch has, and none twice.</summary>
    /// <param name="bands">Tokens or elements of 32 bytes, one after the other.</param>
    /// <param name="field">Where they stand.</param>
    public static Refusal? Check(ReadOnlySpan<byte> bands, string field)
    {
        if (bands.Length != Limits.BandsPerAd * Token.Size)
        {
            return new Refusal(ErrorReason.BandsMalformed, field, Limits.BandsPerAd, bands.Length / Token.Size);
        }

        Span<ulong> prefixes = stackalloc ulong[Limits.BandsPerAd];
        for (var band = 0; band < prefixes.Length; band++)
        {
            prefixes[band] = BinaryPrimitives.ReadUInt64BigEndian(bands[(band * Token.Size)..]);
        }

        // Two different ones share 64 bits with a chance of 10^-16.
        prefixes.Sort();
        for (var band = 1; band < prefixes.Length; band++)
        {
            if (prefixes[band] == prefixes[band - 1])
            {
                return new Refusal(ErrorReason.BandsMalformed, field, Limits.BandsPerAd);
            }
        }

        return null;
    }

    /// <summary>Returns what a template keeps of an ad.</summary>
    /// <param name="keyId">The key of the bands.</param>
    /// <param name="elements">Their elements, found right.</param>
    /// <param name="bandTokens">Their tokens.</param>
    public SketchDraft Read(KeyId keyId, ByteString elements, ReadOnlySpan<byte> bandTokens)
    {
        var bands = new byte[TemplateChange.SketchSize];
        using var @sealed = new MemoryStream();
        for (var band = 0; band < Limits.BandsPerAd; band++)
        {
            bandTokens
                .Slice(band * Token.Size, TemplateChange.BandSize)
                .CopyTo(bands.AsSpan(band * TemplateChange.BandSize));
            @sealed.Write(vault.Seal(keyId, elements.Span.Slice(band * Ristretto.ElementSize, Ristretto.ElementSize)));
        }

        return new(bands, @sealed.ToArray());
    }
}
