using System.Text.Json;

namespace SignalExchange.Benchmarks.Processes;

/// <summary>The child's end of the conversation with its parent.</summary>
internal static class ParentLine
{
    /// <summary>Says that the child is ready, then answers until the parent ends the conversation.</summary>
    /// <param name="ready">What the parent needs to know first.</param>
    /// <param name="answer">Answers one question.</param>
    public static async Task Serve<TQuestion, TAnswer>(object ready, Func<TQuestion, Task<TAnswer>> answer)
    {
        await Say(ready);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await Say((await answer(JsonSerializer.Deserialize<TQuestion>(line, ChildProcess.Json)!))!);
        }
    }

    private static async Task Say(object message)
    {
        await Console.Out.WriteLineAsync(ChildProcess.Mark + JsonSerializer.Serialize(message, ChildProcess.Json));
        await Console.Out.FlushAsync();
    }
}
