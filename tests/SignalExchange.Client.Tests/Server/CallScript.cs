using System.Collections.Concurrent;
using Grpc.Core;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Server;

/// <summary>What happens to calls before, or in place of, what the exchange would do.</summary>
internal sealed class CallScript
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<ServerCallContext, Task>>> _steps = new();

    /// <summary>Gets or sets what is done to every batch of a stream before it is answered; null for nothing.</summary>
    public Func<ulong, ServerCallContext, Task>? BeforeAnswer { get; set; }

    /// <summary>Gets which items are refused, in the order in which they arrive.</summary>
    public FakeScript Items { get; } = new();

    /// <summary>Refuses the next items; <see cref="ErrorReason.Unspecified"/> lets one pass.</summary>
    public void RefuseItems(params ErrorReason[] reasons) => Array.ForEach(reasons, reason => Items.Refuse(reason, 1));

    /// <summary>Adds a step for the next call of a method that has none yet.</summary>
    public void Next(string method, Func<ServerCallContext, Task> step) =>
        _steps.GetOrAdd(method, static _ => new()).Enqueue(step);

    /// <summary>Lets the next calls of a method fail.</summary>
    public void Fail(string method, Func<RpcException> failure, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            Next(method, _ => Task.FromException(failure()));
        }
    }

    /// <summary>Plays the next step, if there is one.</summary>
    public Task PlayAsync(string method, ServerCallContext context) =>
        _steps.TryGetValue(method, out var steps) && steps.TryDequeue(out var step)
            ? step(context)
            : Task.CompletedTask;
}
