using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Load;

/// <summary>A member that submits in bulk: one stream, a few batches under way, every signal about a new indicator.</summary>
/// <remarks>The batches are made before the clock starts: their elements cost more than anything that is measured.</remarks>
internal sealed class SubmitLoad(LoadSettings settings) : ILoad
{
    private readonly GrpcChannel _channel = BenchMember.Open(settings.Server, settings.KeyFile!);

    /// <inheritdoc/>
    public async Task<LoadResult> Run(LoadOrder order)
    {
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var batches = Enumerable.Range(0, order.Batches).AsParallel().Select(_ => NewBatch(statement)).ToArray();
        var latencies = new Latencies();
        var sent = new long[batches.Length];
        using var places = new SemaphoreSlim(settings.Callers);
        using var stream = new SignalService.SignalServiceClient(_channel).SubmitStream();
        var begun = Stopwatch.GetTimestamp();
        var reading = Read();
        for (var number = 0; number < batches.Length; number++)
        {
            await await Task.WhenAny(places.WaitAsync(), reading); // a stream that failed ends the round
            sent[number] = Stopwatch.GetTimestamp();
            await stream.RequestStream.WriteAsync(new() { BatchNumber = (ulong)number, Batch = batches[number] });
        }

        await stream.RequestStream.CompleteAsync();
        await reading;
        return latencies.ToResult(Stopwatch.GetElapsedTime(begun).TotalSeconds);

        async Task Read()
        {
            await foreach (var answer in stream.ResponseStream.ReadAllAsync())
            {
                latencies.Note(sent[answer.BatchNumber]);
                places.Release();
                Accept(answer.Batch);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static void Accept(SubmitResponse answer)
    {
        if (answer.Results.FirstOrDefault(result => result.Accepted is null) is { } refused)
        {
            throw new InvalidOperationException($"Refused: {refused.Error.Reason}.");
        }
    }

    private SubmitRequest NewBatch(SignalStatement statement)
    {
        var elements = VoprfBenchmark.DrawElements(settings.Batch);
        var request = new SubmitRequest { KeyId = settings.KeyId };
        for (var i = 0; i < settings.Batch; i++)
        {
            request.Submissions.Add(
                new Submission
                {
                    SubmissionId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SubmissionId.Size)),
                    Element = ByteString.CopyFrom(Ristretto.At(elements, i)),
                    Statement = statement,
                }
            );
        }

        return request;
    }
}
