using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Tests.Audiences;

/// <summary>Who may see what, said once more in the plainest way, with nothing of the product's.</summary>
internal static class PlainModel
{
    public static bool Sees(WorldMember reader, Said said)
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

        var lawful = said.Countries.Length == 0 || said.Countries.Any(country => reader.Countries.Contains(country));
        var forAll = said.Groups.Length == 0 && (said.Level == ShareLevel.Clear || said.Level == ShareLevel.Green);
        var shared = said.Groups.Any(group => reader.Sees.Contains(group));
        return lawful && (forAll || shared);
    }
}
