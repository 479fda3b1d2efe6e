namespace SignalExchange.Index.Templates;

/// <summary>One sketch: whose it is.</summary>
/// <param name="Template">The number of its template.</param>
/// <param name="Place">Its place in the template, from 0.</param>
/// <param name="Next">The number of the template's sketch before it, plus one; 0 for none.</param>
/// <param name="Owner">The member that registered it, as <see cref="AdBands.NameOf"/> names members, shortened.</param>
internal readonly record struct SketchEntry(uint Template, int Place, uint Next, uint Owner);
