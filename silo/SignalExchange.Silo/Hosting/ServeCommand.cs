using SignalExchange.Silo.Security;
using SignalExchange.Storage.Sqlite;

namespace SignalExchange.Silo.Hosting;

/// <summary>Runs the exchange.</summary>
internal static class ServeCommand
{
    /// <summary>Builds the server without starting it, its storage open.</summary>
    /// <param name="args">The settings.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <param name="replace">Adds or replaces parts, for who measures or tests with others; null for none.</param>
    /// <exception cref="Storage.StorageInUseException">Another process has the data folder.</exception>
    /// <exception cref="Storage.StorageFormatException">The data folder is of a newer version, or not ours.</exception>
    public static async Task<WebApplication> Build(
        string[] args,
        CancellationToken cancellationToken,
        Action<WebApplicationBuilder>? replace = null
    )
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddExchangeCore();
        builder.AddExchangeServices();
        replace?.Invoke(builder);
        var app = builder.Build();
        app.MapExchange();
        await app.Services.OpenStorage(cancellationToken);
        return app;
    }

    /// <summary>Runs until the process is asked to stop.</summary>
    public static async Task Run(string[] args)
    {
        await using var app = await Build(args, CancellationToken.None);
        await app.RunAsync();
    }

    /// <summary>Takes over the data folder, and notes the time: what was used before belongs to an earlier process.</summary>
    public static async Task OpenStorage(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<SqliteExchangeStore>().OpenAsync(cancellationToken);
        _ = services.GetRequiredService<ExchangeStart>();
    }
}
