using Writ.Governance.Policies.Authoring;

namespace Writ.Cli.Policies.Cases;

/// <summary>Lays what a variant states over what its case states.</summary>
internal static class YamlMerge
{
    private const int LongestLabel = 80;

    /// <summary>Mappings of both are joined, one level down; anything else of the variant replaces that of the case.</summary>
    public static YamlValue.Map Over(YamlValue.Map shared, YamlValue.Map own) => own with
    {
        Entries =
        [
            .. shared.Entries.Select(entry => own.Find(entry.Key) is { } over ? Join(entry, over) : entry),
            .. own.Entries.Where(entry => shared.Find(entry.Key) is null),
        ],
    };

    /// <summary>What tells a variant from the others: its own arguments and facts.</summary>
    public static string Label(YamlValue variant)
    {
        if (variant is not YamlValue.Map map || map.Find("name") is not null)
            return "";
        var parts = map.Entries.Where(entry => entry.Key is "args" or "facts" or "principal" or "action").Select(entry => YamlJson.Of(entry.Value)?.ToJsonString() ?? "");
        var label = string.Join(' ', parts);
        return label.Length > LongestLabel ? label[..LongestLabel] + "…" : label;
    }

    private static YamlEntry Join(YamlEntry shared, YamlEntry over) =>
        shared.Key is "args" or "facts" && shared.Value is YamlValue.Map below && over.Value is YamlValue.Map above
            ? over with { Value = above with { Entries = [.. below.Entries.Where(entry => above.Find(entry.Key) is null), .. above.Entries] } }
            : over;
}
