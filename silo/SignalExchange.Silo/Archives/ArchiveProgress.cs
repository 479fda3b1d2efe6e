using System.Globalization;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Silo.Archives;

/// <summary>Shows on a terminal how far a copy is: a bar; where the output goes elsewhere, a line for each way.</summary>
/// <param name="output">Where it shows.</param>
/// <param name="isRedirected">Whether that is no terminal.</param>
internal sealed class ArchiveProgress(TextWriter output, bool isRedirected)
{
    private const int Width = 40;

    /// <summary>Shows a step.</summary>
    public void Show(ArchiveStep step)
    {
        var isEnd = step.Done == step.Expected;
        if (isRedirected && !isEnd)
        {
            return;
        }

        output.Write(isRedirected ? "" : "\r");
        output.Write(Describe(step));
        if (isEnd)
        {
            output.WriteLine();
        }
    }

    private static string Describe(ArchiveStep step)
    {
        var what = step.IsVerifying ? "Reading back" : "Copying     ";
        if (step.Expected < step.Done || step.Expected == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{what} {step.Done:N0} records");
        }

        var filled = (int)(step.Done * Width / step.Expected);
        var bar = new string('#', filled) + new string('-', Width - filled);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what} [{bar}] {step.Done:N0} of {step.Expected:N0} records"
        );
    }
}
