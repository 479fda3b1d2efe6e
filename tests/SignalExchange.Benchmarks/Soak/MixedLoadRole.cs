using SignalExchange.Benchmarks.Ads.Serving;
using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>A process that calls an exchange at a fixed rate, and says how that goes when it is asked.</summary>
internal static class MixedLoadRole
{
    /// <summary>Plays the role.</summary>
    public static async Task Play(MixedLoadSettings settings)
    {
        using var member = await AdMember.Connect(settings.Server, settings.KeyFile);
        using var load = new MixedLoad(settings, member);
        using var ended = new CancellationTokenSource();
        var calling = load.Run(ended.Token);
        await ParentLine.Serve<MixedQuestion, MixedInterval>(
            "ready",
            question => Task.FromResult(question == MixedQuestion.Interval ? load.TakeInterval() : load.Whole())
        );
        await ended.CancelAsync();
        await calling;
    }
}
