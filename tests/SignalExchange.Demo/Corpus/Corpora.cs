namespace SignalExchange.Demo.Corpus;

/// <summary>The made-up identifiers of the demo.</summary>
internal static class Corpora
{
    /// <summary>Makes them; the same seed makes the same.</summary>
    public static List<Specimen> Make(DemoOptions options)
    {
        var random = new SeededBytes(options.Seed);
        return
        [
            .. PhoneCorpus.Make(options.Phones, random),
            .. AccountCorpus.Make(options.Accounts, random),
            .. WalletCorpus.Make(options.Wallets, random),
        ];
    }
}
