using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace SignalExchange.Silo.Browsers;

/// <summary>Finds the console's files: beside the program where it was published, in the packages where it was built.</summary>
internal static class ConsoleFiles
{
    /// <summary>Adds what the build says about where they are. A published program has them in <c>wwwroot</c>, and nothing is said.</summary>
    public static void AddConsoleFiles(this WebApplicationBuilder builder)
    {
        builder.Environment.ApplicationName = typeof(ConsoleFiles).Assembly.GetName().Name!;
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
    }
}
