using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>The operator of every exchange of this process, and the data folder of an exchange where it has just been enrolled.</summary>
/// <remarks>
/// Enrolling by the server's own command starts a silo and ends it, which takes as long as a start does. It is done once, and exchanges that store as that
/// one did begin with a copy of its folder.
/// </remarks>
internal static class FirstOperator
{
    private static readonly Lock Gate = new();
    private static readonly TestMember Key = new("consortium");
    private static readonly Lazy<Task<string>> Enrolled = new(Make);

    /// <summary>Returns the operator, with a copy of its key.</summary>
    public static TestMember Copy()
    {
        lock (Gate)
        {
            return new(Key.MemberId, Key.CopyKey());
        }
    }

    /// <summary>Enrols it by the server's own command.</summary>
    /// <returns>The command's exit code.</returns>
    public static async Task<int> Enrol(string dataDirectory, params IEnumerable<string> settings)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Key.PublicKeyPem);
        var code = await BootstrapCommand.Run([
            "--public-key",
            file,
            "--Exchange:DataDirectory",
            dataDirectory,
            .. settings,
        ]);
        File.Delete(file);
        return code;
    }

    /// <summary>Makes a data folder as <see cref="Enrol"/> leaves it without settings.</summary>
    public static async Task CopyEnrolled(string dataDirectory) =>
        DataFolderCopy.Make(await Enrolled.Value, dataDirectory);

    private static async Task<string> Make()
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-enrolled-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var data = Path.Combine(folder, "data");
        Assert.Equal(0, await Enrol(data));
        return data;
    }
}
