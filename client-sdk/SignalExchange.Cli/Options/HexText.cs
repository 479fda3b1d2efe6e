namespace SignalExchange.Cli.Options;

/// <summary>Bytes as people paste them: hexadecimal digits.</summary>
internal static class HexText
{
    /// <summary>Reads bytes.</summary>
    /// <exception cref="UsageException">They are not so many bytes in hexadecimal digits.</exception>
    public static byte[] Parse(string name, string text, int size)
    {
        var bytes = new byte[size];
        return
            text.Length == 2 * size
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? bytes
            : throw new UsageException($"{name} is {2 * size} hexadecimal digits.");
    }
}
