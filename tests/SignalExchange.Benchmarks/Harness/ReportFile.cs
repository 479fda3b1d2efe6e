using System.Text.Json;

namespace SignalExchange.Benchmarks.Harness;

/// <summary>The file that a report goes to besides the screen, for machines.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes sure that it can be written, before hours are spent on what it is to hold.</summary>
    /// <param name="file">Its name; null for no file, which is fine.</param>
    /// <exception cref="FormatException">It cannot; the message says which and why.</exception>
    public static void RequireWritable(string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            var isNew = !File.Exists(file);
            using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write)) { }

            if (isNew)
            {
                File.Delete(file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"--json: '{file}' cannot be written. {failure.Message}", failure);
        }
    }

    /// <summary>Writes it; nothing when there is no name.</summary>
    public static void Write<T>(string? file, T report)
    {
        if (file is not null)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(report, Indented));
        }
    }
}
