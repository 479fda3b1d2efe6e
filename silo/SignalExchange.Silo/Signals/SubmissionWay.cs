using SignalExchange.Contracts;
using SignalExchange.Grains.Indicators;

namespace SignalExchange.Silo.Signals;

/// <summary>What comes before a submission while a rotation runs: its indicator goes to its newer name, if it has not.</summary>
/// <param name="From">The indicator's name under the older key.</param>
/// <param name="Move">How it goes.</param>
internal sealed record SubmissionWay(Token From, MoveCommand Move);
