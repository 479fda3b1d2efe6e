using System.Globalization;
using System.Text;

namespace SignalExchange.WebConsole.Elements;

/// <summary>One line of a <see cref="Trend"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Tone">Which of the colours: a, b, c, bad.</param>
/// <param name="Values">One a step.</param>
/// <param name="IsFilled">Whether what is below it has its colour.</param>
public sealed record TrendLine(string Name, string Tone, IReadOnlyList<double> Values, bool IsFilled = false)
{
    /// <summary>Returns the line as a path of SVG.</summary>
    public string Path(double width, double above, double height, double top)
    {
        var path = new StringBuilder();
        for (var place = 0; place < Values.Count; place++)
        {
            var x = Values.Count == 1 ? width : width * place / (Values.Count - 1);
            var y = above + (height * (1 - (top == 0 ? 0 : Values[place] / top)));
            path.Append(place == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");
        }

        return path.ToString();
    }

    /// <summary>Returns the end of a scale for a largest value: 1, 2, 3 or 6 times a power of ten, so that thirds of it are readable.</summary>
    public static double RoundUp(double largest)
    {
        if (largest <= 0)
        {
            return 3;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return new[] { 1.5, 3, 6, 9, 15 }.Select(factor => factor * power).First(end => end >= largest);
    }
}
