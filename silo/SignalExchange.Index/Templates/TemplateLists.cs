namespace SignalExchange.Index.Templates;

/// <summary>The templates and sketches that there were at one moment, by number; what is free is a default.</summary>
/// <param name="Templates">The templates.</param>
/// <param name="Sketches">The sketches.</param>
/// <param name="ByToken">The slots under which the templates stand by their tokens.</param>
internal sealed record TemplateLists(
    IReadOnlyList<TemplateEntry> Templates,
    IReadOnlyList<SketchEntry> Sketches,
    IReadOnlyCollection<ulong> ByToken
)
{
    /// <summary>Returns for each number whether there is a sketch: some template's chain leads there.</summary>
    public bool[] FindLiveSketches()
    {
        var live = new bool[Sketches.Count];
        foreach (var template in Templates)
        {
            for (var next = template.LastSketch; next != 0; next = Sketches[(int)next - 1].Next)
            {
                live[next - 1] = true;
            }
        }

        return live;
    }
}
