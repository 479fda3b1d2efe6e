using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>Who may see what, said once more in the plainest way, with nothing of the product's.</summary>
/// <param name="laws">What the law of each country asks.</param>
public sealed partial class PlainModel(IReadOnlyList<WorldLaw> laws)
{
    /// <summary>Whether a reader is told of a statement.</summary>
    public bool Sees(WorldMember reader, Said said)
    {
        if (said.Owner.HasWithdrawn || said.IsWithdrawn)
        {
            return false;
        }

        if (said.Owner.Name == reader.Name)
        {
            return true;
        }

        if (said.Owner.IsTest || reader.IsTest)
        {
            return false;
        }

        var forAll = said.Groups.Length == 0 && (said.Level == ShareLevel.Clear || said.Level == ShareLevel.Green);
        var shared = said.Groups.Any(group => reader.Sees.Contains(group));
        return IsLawful(reader, said) && (forAll || shared);
    }

    /// <summary>What a reader is shown in the place of the owner's name; a pseudonym is its prefix only.</summary>
    public static string NameShown(WorldMember reader, Said said) =>
        said.Owner.Name == reader.Name ? reader.Name
        : said.Attribution == Attribution.Hidden ? ""
        : said.Attribution == Attribution.Pseudonymous ? "pseudonym-"
        : said.Owner.Name;

    /// <summary>What a reader is shown of a statement that it is told of.</summary>
    public Shown ShownTo(WorldMember reader, Said said)
    {
        if (said.Owner.Name == reader.Name)
        {
            return new(
                reader.Name,
                Listed(said.Groups),
                said.IsDerived,
                said.IsDerived ? 1 : 0,
                said.HasPermit,
                true,
                said.IsDisputed
            );
        }

        var groups = said.Groups.Where(group => reader.Sees.Contains(group));
        var needsPermit = said.HasPermit && !IsLawful(reader, said with { HasPermit = false });
        return new(NameShown(reader, said), Listed(groups), said.IsDerived, 0, needsPermit, false, said.IsDisputed);
    }

    /// <summary>Lists groups in one order.</summary>
    public static string Listed(IEnumerable<string> groups) => string.Join(',', groups.Order(StringComparer.Ordinal));

    private bool IsLawful(WorldMember reader, Said said)
    {
        if (reader.Countries.Length == 0)
        {
            return said.Countries.Length == 0;
        }

        foreach (var country in reader.Countries)
        {
            var isMeant = said.Countries.Length == 0 || said.Countries.Contains(country);
            var law = laws.SingleOrDefault(it => it.Country == country);
            if (isMeant && (law is null || Accepts(law, said)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Accepts(WorldLaw law, Said said)
    {
        var basis = law.Basis == LegalBasis.Unspecified || law.Basis == said.Basis;
        var purpose = law.Purpose == SharingPurpose.Unspecified || law.Purpose == said.Purpose;
        var retention = law.Retention == RetentionClass.Unspecified || law.Retention == said.Retention;
        var permit = !law.AsksForPermit || said.HasPermit;
        return basis && purpose && retention && permit;
    }
}
