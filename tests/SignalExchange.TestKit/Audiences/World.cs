using System.Collections.Frozen;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>Random members in random groups under random laws, and what they say about some indicators.</summary>
/// <param name="Members">The members; who is silent has left with all signals.</param>
/// <param name="Laws">What the law of a country asks; at most one a country.</param>
/// <param name="Indicators">For each indicator, at most one statement a member.</param>
public sealed record World(
    IReadOnlyList<WorldMember> Members,
    IReadOnlyList<WorldLaw> Laws,
    IReadOnlyList<IReadOnlyList<Said>> Indicators
)
{
    private const int MemberCount = 8;
    private const int MostStatements = 5;

    /// <summary>The groups of every world.</summary>
    public static readonly IReadOnlyList<string> Groups = ["ring-a", "ring-b", "ring-c", "ring-d"];

    private static readonly string[] Rings = [.. Groups];
    private static readonly string[] Countries = ["DE", "FR", "US"];

    private static readonly Gen<string[]> SomeGroups = Gen.Shuffle(Rings, 0, 3);
    private static readonly Gen<string[]> SomeCountries = Gen.Frequency(
        (2, Gen.Const(Array.Empty<string>())),
        (1, Gen.Shuffle(Countries, 1, 2))
    );

    private static readonly Gen<WorldMember> Member = Gen.Select(
        SomeGroups,
        Gen.Frequency((1, Gen.Const(Array.Empty<string>())), (3, Gen.Shuffle(Countries, 1, 2))),
        Gen.Int[0, 9],
        Gen.Int[0, 9],
        (sees, countries, test, gone) => new WorldMember("", sees, countries, test == 0, gone == 0)
    );

    // Each asks for little, or nobody would be told anything.
    private static readonly Gen<WorldLaw> Law = Gen.Select(
        Gen.Int[0, 5],
        Gen.Int[0, 4],
        (kind, value) =>
            new WorldLaw(
                "",
                kind == 0 ? (LegalBasis)(value + 1) : LegalBasis.Unspecified,
                kind == 1 ? (SharingPurpose)((value % 3) + 1) : SharingPurpose.Unspecified,
                kind == 2 ? (RetentionClass)((value % 3) + 1) : RetentionClass.Unspecified,
                kind == 3
            )
    );

    // Mostly sure, or no two would ever agree. Whoever is not lets nobody block.
    private static readonly Gen<Judgement> Judgements = Gen.Select(
        Gen.Frequency((4, Gen.Const(SignalStatus.Confirmed)), (3, Gen.Int[1, 4].Select(it => (SignalStatus)it))),
        Gen.Int[1, 5],
        Gen.Frequency((3, Gen.Const(Precision.High)), (1, Gen.Int[1, 4].Select(it => (Precision)it))),
        Gen.Int[1, 4],
        (status, severity, precision, permits) =>
        {
            var judged = new Judgement(status, (Severity)severity, precision, (PermittedAction)permits);
            return judged.IsSure || judged.Permits < PermittedAction.MayBlock
                ? judged
                : judged with
                {
                    Permits = PermittedAction.MayRestrict,
                };
        }
    );

    private static readonly Gen<Said> Statement = Gen.Select(
        Gen.Select(SomeGroups, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Bool),
        Gen.Select(SomeCountries, Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool, Gen.Bool),
        Judgements,
        Gen.Int[0, 11],
        (it, legal, judged, disputed) =>
            new Said(
                null!,
                (ShareLevel)it.Item2,
                it.Item1.Length == 0 && !Visibility.IsForEverybody((ShareLevel)it.Item2) ? [Groups[0]] : it.Item1,
                (Attribution)it.Item3,
                legal.Item1,
                (LegalBasis)legal.Item2,
                (SharingPurpose)legal.Item3,
                (RetentionClass)legal.Item4,
                legal.Item5,
                legal.Item6,
                it.Item4,
                judged,
                disputed == 0
            )
    );

    /// <summary>Makes worlds of eight members and so many indicators.</summary>
    public static Gen<World> Random(int indicators) =>
        from members in Member.Array[MemberCount]
        let all = members.Index().Select(it => it.Item with { Name = $"member-{it.Index}" }).ToList()
        from laws in Law.Array[Countries.Length]
        from said in Gen.Select(
            Gen.Shuffle(Enumerable.Range(0, MemberCount).ToArray(), 0, MostStatements),
            Statement.Array[MostStatements],
            (owners, drawn) => SaidBy(all, owners, drawn)
        ).Array[indicators]
        let ruled = laws.Zip(Countries, (law, country) => law with { Country = country }).ToList()
        select new World(all, ruled, [.. said.Select(each => each.ConvertAll(it => Disputed(all, ruled, it)))]);

    /// <summary>Returns who may dispute a statement: whoever is told of another's.</summary>
    public IEnumerable<WorldMember> DisputersOf(Said said) => DisputersOf(Members, Laws, said);

    /// <summary>Returns the caller that a member is.</summary>
    public Caller CallerOf(WorldMember member) =>
        new(new MemberId(member.Name), member.Sees.ToFrozenSet(StringComparer.Ordinal))
        {
            Jurisdictions = member.Countries.ToFrozenSet(StringComparer.Ordinal),
            DeliveryRules = Laws.Where(law => member.Countries.Contains(law.Country))
                .ToFrozenDictionary(law => law.Country, law => law.ToRule(), StringComparer.Ordinal),
            IsTest = member.IsTest,
        };

    private static IEnumerable<WorldMember> DisputersOf(
        IReadOnlyList<WorldMember> members,
        IReadOnlyList<WorldLaw> laws,
        Said said
    ) => members.Where(it => it.Name != said.Owner.Name && !it.HasWithdrawn && new PlainModel(laws).Sees(it, said));

    private static Said Disputed(List<WorldMember> members, List<WorldLaw> laws, Said said) =>
        said with
        {
            IsDisputed = said.IsDisputed && DisputersOf(members, laws, said).Any(),
        };

    private static List<Said> SaidBy(List<WorldMember> members, int[] owners, Said[] drawn) =>
        [
            .. owners.Select(
                (owner, place) =>
                    drawn[place] with
                    {
                        Owner = members[owner],
                        IsWithdrawn = drawn[place].IsWithdrawn && place == 0,
                    }
            ),
        ];
}
