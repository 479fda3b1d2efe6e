using SignalExchange.Benchmarks.Processes;

namespace SignalExchange.Benchmarks.Load;

/// <summary>A process that calls a server in rounds, as often as it answers.</summary>
internal static class LoadRole
{
    /// <summary>Plays the role.</summary>
    public static async Task Play(LoadSettings settings)
    {
        using ILoad load = settings.Kind switch
        {
            LoadKind.Check => new CheckLoad(settings),
            _ => new SubmitLoad(settings),
        };
        await ParentLine.Serve<LoadOrder, LoadResult>("ready", load.Run);
    }
}
