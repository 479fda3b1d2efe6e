using System.Collections.Frozen;

namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>One spelling of a query: without tracking parameters, sorted by name.</summary>
/// <remarks>
/// Sorted, because servers look parameters up by name and apps send them in any order; parameters of one name keep
/// theirs. The list of tracking parameters is fixed, part of the form's version: names that serve to follow a click and
/// nothing else, from the lists that Firefox and Brave strip.
/// </remarks>
internal static class WebQuery
{
    private static readonly string[] TrackingPrefixes = ["utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "itm_"];

    private static readonly FrozenSet<string> Tracking = new[]
    {
        "__hsfp",
        "__hssc",
        "__hstc",
        "__s",
        "_bhlid",
        "_branch_match_id",
        "_branch_referrer",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_kx",
        "_openstat",
        "at_recipient_id",
        "at_recipient_list",
        "bbeml",
        "bsft_clkid",
        "bsft_uid",
        "dclid",
        "dicbo",
        "epik",
        "et_rid",
        "fb_action_ids",
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "fbclid",
        "gbraid",
        "gclid",
        "gclsrc",
        "gad_campaignid",
        "gad_source",
        "gs_l",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "hsctatracking",
        "igsh",
        "igshid",
        "irclickid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "ml_subscriber",
        "ml_subscriber_hash",
        "msclkid",
        "mtm_cid",
        "oft_c",
        "oft_ck",
        "oft_d",
        "oft_id",
        "oft_ids",
        "oft_k",
        "oft_lk",
        "oft_sk",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "ref_src",
        "ref_url",
        "rdt_cid",
        "s_cid",
        "sc_customer",
        "sc_eh",
        "sc_uid",
        "sccid",
        "srsltid",
        "sscid",
        "trk_contact",
        "trk_module",
        "trk_msg",
        "trk_sid",
        "ttclid",
        "twclid",
        "unicorn_click_id",
        "vero_conv",
        "vero_id",
        "vgo_ee",
        "wbraid",
        "wickedid",
        "yclid",
        "ymclid",
        "ysclid",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Returns the query with its question mark; empty if nothing is left.</summary>
    public static string Normalize(string query)
    {
        // In a query a plus is a blank (application/x-www-form-urlencoded).
        var parameters = query
            .Split('&')
            .Select(parameter => PercentEncoding.Normalize(parameter.Replace("+", "%20", StringComparison.Ordinal)))
            .Where(parameter => parameter.Length > 0 && !IsTracking(NameOf(parameter)))
            .OrderBy(NameOf, StringComparer.Ordinal)
            .ToArray();
        return parameters.Length == 0 ? "" : "?" + string.Join('&', parameters);
    }

    private static string NameOf(string parameter) => parameter.Split('=')[0];

    private static bool IsTracking(string name)
    {
        var lower = name.ToLowerInvariant();
        return Tracking.Contains(lower)
            || Array.Exists(TrackingPrefixes, prefix => lower.StartsWith(prefix, StringComparison.Ordinal));
    }
}
