using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SignalExchange.Silo.Browsers;

/// <summary>Answers that are a page which is drawn once, with nothing behind it.</summary>
internal static class Views
{
    /// <summary>Makes the answer.</summary>
    /// <param name="status">The status of HTTP.</param>
    /// <param name="view">What the page shows: its parameter <c>View</c>.</param>
    public static IResult Of<TPage>(int status, object view)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["View"] = view }) { StatusCode = status };
}
