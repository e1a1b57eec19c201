using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary>The colours of the five outcomes; the words say the same without them.</summary>
internal static class Outcomes
{
    public static Look Look(string outcome) => outcome switch
    {
        "ALLOW" or "ALLOW_WITH_CONSTRAINTS" => Terminal.Look.Good,
        "REQUIRE_APPROVAL" or "REMEDIATE" => Terminal.Look.Held,
        _ => Terminal.Look.Bad,
    };
}
