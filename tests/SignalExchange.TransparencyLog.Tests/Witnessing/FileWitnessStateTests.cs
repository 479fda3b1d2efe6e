using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.TransparencyLog.Tests.Witnessing;

public sealed class FileWitnessStateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("witness-").FullName;

    private string File => Path.Join(_folder, "new", "state.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_saved_is_there_after_a_restart()
    {
        using (var state = FileWitnessState.Open(File))
        {
            state.Save(Note("a", 1));
            state.Save(Note("b", 2));
            state.Save(Note("a", 3));
        }

        using var again = FileWitnessState.Open(File);
        Assert.Equal(
            [("a", 3L), ("b", 2L)],
            again.Checkpoints.Select(Checkpoint.Of).Select(it => (it.Origin, it.Size)).Order()
        );
    }

    [Fact]
    public void A_second_witness_cannot_use_the_same_file()
    {
        using var first = FileWitnessState.Open(File);

        Assert.Throws<IOException>(() => FileWitnessState.Open(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"checkpoints":[]}""")]
    [InlineData("""{"version":1,"checkpoints":["hello"]}""")]
    [InlineData("""{"version":1,"checkpoints":[null]}""")]
    public void A_file_that_is_no_state_is_never_taken_for_an_empty_one(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);

        Assert.Throws<InvalidDataException>(() => FileWitnessState.Open(File));

        // And the lock is let go, so that whoever repairs the file can go on.
        System.IO.File.Delete(File);
        FileWitnessState.Open(File).Dispose();
    }

    [Fact]
    public void What_cannot_be_saved_is_not_remembered_either()
    {
        using var state = FileWitnessState.Open(File);
        state.Save(Note("a", 1));
        Directory.CreateDirectory(File + ".new");

        Assert.ThrowsAny<Exception>(() => state.Save(Note("a", 2)));
        Assert.Equal(1, Checkpoint.Of(Assert.Single(state.Checkpoints)).Size);
    }

    private static SignedNote Note(string origin, long size)
    {
        using var signer = NoteSigner.Generate(origin, SignatureKind.Ed25519);
        var note = new SignedNote(new Checkpoint(origin, size, MerkleHashing.EmptyRoot).ToString(), []);
        return note.With(signer.Sign(note.TextBytes()));
    }
}
