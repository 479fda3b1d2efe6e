using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Templates;

/// <summary>The signals on one template that this member may read.</summary>
/// <param name="Template">The template.</param>
/// <param name="Signals">Live ones of everybody it may hear, and its own in any state, oldest first; none when there is nothing.</param>
/// <remarks>Immutable as far as its messages are left alone; safe from any thread.</remarks>
public sealed record TemplateReadResult(TemplateId Template, IReadOnlyList<Signal> Signals);
