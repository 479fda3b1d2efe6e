namespace SignalExchange.Index;

/// <summary>Registers the index on a silo.</summary>
public static class IndexSiloBuilderExtensions
{
    /// <inheritdoc cref="IndexServiceCollectionExtensions.AddLocalIndex"/>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    /// <returns>The same builder.</returns>
    public static ISiloBuilder AddLocalIndex(this ISiloBuilder builder, Action<IndexOptions>? configure = null)
    {
        builder.Services.AddLocalIndex(configure);
        return builder;
    }
}
