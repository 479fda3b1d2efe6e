using Google.Protobuf;

namespace SignalExchange.Silo.Tests.Audiences;

/// <summary>A dispute that a member of a random world raised.</summary>
/// <param name="Signal">The signal's id.</param>
/// <param name="By">Who raised it.</param>
/// <param name="Owner">Whose signal it is.</param>
internal sealed record LiveDispute(ByteString Signal, string By, string Owner);
