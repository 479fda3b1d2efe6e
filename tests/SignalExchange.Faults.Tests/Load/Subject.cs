using SignalExchange.Contracts;
using SignalExchange.Tokens;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Somebody to report.</summary>
internal sealed record Subject(int Number, Identifier Identifier, Token Token, int Shard);
