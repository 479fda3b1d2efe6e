namespace SignalExchange.Benchmarks.Load;

/// <summary>A round to be run.</summary>
/// <param name="Seconds">For how long; used where calls can go on for as long as one likes.</param>
/// <param name="Batches">How many batches; used where they must be made before.</param>
internal sealed record LoadOrder(double Seconds, int Batches);
