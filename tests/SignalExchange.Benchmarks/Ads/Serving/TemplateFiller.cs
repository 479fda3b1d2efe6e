using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Ads.Serving;

/// <summary>Puts templates of nobody's ads into a new exchange by its storage port: each one row of the log, as a registration writes it.</summary>
internal static class TemplateFiller
{
    /// <summary>Stores so many templates, and tells the index.</summary>
    /// <remarks>Their states are those of any indicator: only an ad that fits one reads it, and none fits.</remarks>
    public static Task Fill(IServiceProvider services, int count, string keyId)
    {
        var indicator = StoreFiller.NewIndicator(keyId);
        var change = new TemplateGrown
        {
            Submitted = IndicatorChange.Parser.ParseFrom(indicator.Detail).Submitted,
            RegisteredAt = TimeProvider.System.GetUtcNow().ToTimestamp(),
        };
        return StoreFiller.Fill(
            services,
            count,
            indicator.State,
            _ =>
                new(
                    new Token(RandomNumberGenerator.GetBytes(Token.Size)),
                    new(indicator.Summary),
                    DetailOf(change, RandomNumberGenerator.GetBytes(TemplateChange.SketchSize))
                )
        );
    }

    /// <summary>Returns what the log says of a template.</summary>
    private static byte[] DetailOf(TemplateGrown change, byte[] sketch)
    {
        change.Sketches.Clear();
        change.Sketches.Add(UnsafeByteOperations.UnsafeWrap(sketch));
        return new IndicatorChange { Template = change }.ToByteArray();
    }
}
