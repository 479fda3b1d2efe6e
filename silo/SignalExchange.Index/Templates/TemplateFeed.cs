using SignalExchange.Storage;

namespace SignalExchange.Index.Templates;

/// <summary>Hands what changes say of templates to their index. Called where the index of tokens applies a change, so the two are one.</summary>
internal sealed class TemplateFeed(ITemplateChangeReader reader, TemplateIndex templates)
{
    /// <summary>Takes note of a change that the index of tokens has just applied.</summary>
    public void Apply(in ShardChange change)
    {
        if (reader.TryRead(change.Detail, out var template))
        {
            templates.Apply(change.Token, template);
        }
    }
}
