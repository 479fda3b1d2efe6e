using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts;
using SignalExchange.Index;
using SignalExchange.Index.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Ads.Serving;

/// <summary>The index of bands alone, in this process: what an ad costs in it, and what it says of its own size.</summary>
internal static class IndexedTemplates
{
    private const int AdBytes = Limits.BandsPerAd * Token.Size;
    private const int Ads = 20_000;
    private static readonly MemberId Member = new("benchmark");
    private const double BytesInMebibyte = 1 << 20;
    private const double NanosecondsInMicrosecond = 1_000;

    /// <summary>Fills it, and asks about ads that fit nothing, each counted.</summary>
    public static IReadOnlyList<Measurement> Measure(int count)
    {
        var options = Options.Create(new TemplateOptions());
        var templates = new TemplateIndex(options.Value.MaxTemplatesPerBand, options.Value.MaxTemplatesPerBandOfMember);
        var clock = TimeProvider.System;
        var filled = Timing.TimeOnce(() => Fill(templates, count));
        var index = new LocalIndex(new ShardMap(256), clock);
        var matcher = new AdMatcher(templates, index, new AdTraffic(options, clock), options, clock);
        Array.ForEach(Match(matcher), static _ => { });
        double[] sorted = [.. Match(matcher).Order()];
        return
        [
            Measurement.Once("index alone, memory by its own account", "MiB", templates.MemoryBytes / BytesInMebibyte),
            Measurement.Once("index alone, taking a template in", "us", filled / count / NanosecondsInMicrosecond),
            Measurement.Once("index alone, an ad, half below", "us", sorted[sorted.Length / 2]),
            Measurement.Once("index alone, an ad, 99 % below", "us", sorted[(int)(sorted.Length * 0.99)]),
        ];
    }

    private static void Fill(TemplateIndex templates, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var number = 0; number < count; number++)
        {
            var sketch = RandomNumberGenerator.GetBytes(TemplateChange.SketchSize);
            templates.Apply(new Token(RandomNumberGenerator.GetBytes(Token.Size)), new(now, "benchmark", 0, [sketch]));
        }
    }

    private static double[] Match(AdMatcher matcher)
    {
        var microseconds = new double[Ads];
        for (var i = 0; i < Ads; i++)
        {
            var ad = RandomNumberGenerator.GetBytes(AdBytes);
            var begun = ProcessorTime.OfThread();
            if (matcher.Find(ad, Member, isCounted: true).Count > 0)
            {
                throw new InvalidOperationException("A random ad fits a template.");
            }

            microseconds[i] = (ProcessorTime.OfThread() - begun) / NanosecondsInMicrosecond;
        }

        return microseconds;
    }
}
