namespace SignalExchange.Index.Templates;

/// <summary>A sketch that agrees with an ad in enough bands.</summary>
/// <param name="Template">Its template.</param>
/// <param name="Place">Its place in the template.</param>
/// <param name="AgreeingBands">In how many.</param>
internal readonly record struct SketchFound(TemplateEntry Template, int Place, int AgreeingBands);
