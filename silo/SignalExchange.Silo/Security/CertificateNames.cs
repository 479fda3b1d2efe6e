using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace SignalExchange.Silo.Security;

/// <summary>Reads the subject alternative names of type URI (RFC 5280 section 4.2.1.6), by which a certificate says whose it is.</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";

    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>Returns whether one of the names is this one.</summary>
    /// <exception cref="AsnContentException">The names are not encoded as they must be.</exception>
    public static bool HasUri(this X509Certificate2 certificate, string uri)
    {
        var names = certificate.Extensions.FirstOrDefault(it => it.Oid?.Value == SubjectAlternativeName);
        if (names is null)
        {
            return false;
        }

        var reader = new AsnReader(names.RawData, AsnEncodingRules.DER).ReadSequence();
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            if (!tag.HasSameClassAndValue(UriTag))
            {
                reader.ReadEncodedValue();
            }
            else if (reader.ReadCharacterString(UniversalTagNumber.IA5String, UriTag) == uri)
            {
                return true;
            }
        }

        return false;
    }
}
