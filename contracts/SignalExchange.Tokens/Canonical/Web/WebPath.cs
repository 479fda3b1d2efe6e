namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>One spelling of a path: percent-encoding, dot segments, trailing slashes. Case stays: servers tell it apart.</summary>
internal static class WebPath
{
    /// <summary>Returns the path with its first slash and without a last one; a slash alone for the root.</summary>
    public static string Normalize(string path)
    {
        var segments = new List<string>();
        foreach (var segment in PercentEncoding.Normalize(path).Split('/').Skip(1))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        return "/" + string.Join('/', segments).TrimEnd('/');
    }
}
