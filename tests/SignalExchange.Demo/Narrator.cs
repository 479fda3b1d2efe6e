namespace SignalExchange.Demo;

/// <summary>Tells the story line by line, and remembers whether every line held.</summary>
internal sealed class Narrator
{
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public bool HasEverythingHeld { get; private set; } = true;

    public void Say(string text) => Console.WriteLine($"{Elapsed}        {text}");

    /// <summary>Tells a line that must hold.</summary>
    public void Line(bool holds, string text)
    {
        HasEverythingHeld &= holds;
        Console.WriteLine($"{Elapsed} {(holds ? "ok    " : "FAILED")} {text}");
    }

    private string Elapsed => $"{TimeProvider.System.GetElapsedTime(_started).TotalSeconds, 6:0.0}s";
}
