using Microsoft.Extensions.Options;
using SignalExchange.Silo.Security;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Hosting;

/// <summary>Runs the exchange.</summary>
internal static class ServeCommand
{
    /// <summary>Builds the server without starting it, its storage open.</summary>
    /// <param name="args">The settings.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <param name="replace">Adds or replaces parts, for who measures or tests with others; null for none.</param>
    /// <exception cref="StorageInUseException">Another process has the data folder.</exception>
    /// <exception cref="StorageFormatException">The storage is of a newer version, or not ours.</exception>
    /// <exception cref="StorageUnavailableException">The storage can't be reached or used.</exception>
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
        // The storage first: whoever has it has the data folder, and with it everything that mapping makes.
        await app.Services.OpenStorage(cancellationToken);
        app.MapExchange();
        return app;
    }

    /// <summary>Runs until the process is asked to stop.</summary>
    public static async Task Run(string[] args)
    {
        await using var app = await Build(args, CancellationToken.None);
        await app.RunAsync();
    }

    /// <summary>Takes over the storage, and notes the time: what was used before belongs to an earlier process.</summary>
    public static async Task OpenStorage(this IServiceProvider services, CancellationToken cancellationToken)
    {
        // What is wrong with the settings is said before anything is made or changed.
        services.GetRequiredService<IStartupValidator>().Validate();
        foreach (var storage in services.GetServices<IOpenableStorage>())
        {
            await storage.OpenAsync(cancellationToken);
        }

        _ = services.GetRequiredService<ExchangeStart>();
    }
}
