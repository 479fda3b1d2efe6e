namespace SignalExchange.Silo.Browsers;

/// <summary>Keeps what is behind one door from being reached by another: pages on the console's address only, services never there.</summary>
internal static class Doors
{
    private static readonly Endpoint NotFound = new(
        static http => StatusPages.Write(http, StatusCodes.Status404NotFound),
        new EndpointMetadataCollection(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute()),
        "not found"
    );

    /// <summary>Stands behind routing: what belongs to another door reads the same as what is not there.</summary>
    public static void UseDoors(this WebApplication app) =>
        app.Use(
            static (http, next) =>
            {
                var isConsole = http.Features.Get<ConsoleConnection>() is not null;
                var isOfConsole = http.GetEndpoint()?.Metadata.GetMetadata<ConsoleConnection>() is not null;
                if (isConsole != isOfConsole)
                {
                    http.SetEndpoint(isConsole ? NotFound : null);
                }

                return next(http);
            }
        );
}
