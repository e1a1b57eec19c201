using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Levels;

/// <summary>What is wrong with the level of a bundle and with what it delegates.</summary>
internal static class LevelProblems
{
    private const int MaxDelegations = 64;
    private const int MaxActions = 64;
    private const string Actions = "tool/call, effect/<class>, server/<slug> or tool/<server>/<tool>";

    /// <summary>The problems, a sentence each.</summary>
    public static IEnumerable<string> Of(BundleManifest manifest)
    {
        if (BundleHolder.Of(manifest, out var problem) is not { } holder)
        {
            yield return problem;
            yield break;
        }

        if (manifest.Delegates is not { } delegates)
            yield break;
        if (delegates.IsDefault || delegates.Length > MaxDelegations)
        {
            yield return $"delegates: at most {MaxDelegations}";
            yield break;
        }

        for (var i = 0; i < delegates.Length; i++)
        {
            if (Wrong(holder, delegates[i]) is { } wrong)
                yield return $"delegates[{i}]: {wrong}";
        }
    }

    private static string? Wrong(BundleHolder holder, AreaDelegation delegation)
    {
        if (delegation is null)
            return "expected an object with 'to' and 'actions'";
        var toTeam = delegation.To == "team" || (delegation.To.StartsWith("team/", StringComparison.Ordinal) && TeamId.TryParse(delegation.To["team/".Length..], null, out _));
        var toAgent = delegation.To == "agent" || (delegation.To.StartsWith("agent/", StringComparison.Ordinal) && AgentId.TryParse(delegation.To["agent/".Length..], null, out _));
        return !toTeam && !toAgent ? $"to: '{delegation.To}' is not team, team/<name>, agent or agent/<id>"
            : holder is BundleHolder.OneAgent ? "an agent is the lowest level and has nobody to delegate to"
            : holder is BundleHolder.OneTeam && !toAgent ? "a team delegates to agents only"
            : delegation.Actions.IsDefaultOrEmpty || delegation.Actions.Length > MaxActions ? $"actions: 1 to {MaxActions} of {Actions}"
            : delegation.Actions.FirstOrDefault(action => !IsAction(action)) is { } unknown ? $"actions: '{unknown}' is not {Actions}"
            : null;
    }

    private static bool IsAction(string? action) => action?.Split('/', 3) switch
    {
        ["tool", "call"] => true,
        ["effect", var word] => Enum.GetValues<EffectClass>().Any(effect => effect.Word() == word),
        ["server", var slug] => ServerSlug.TryParse(slug, null, out _),
        ["tool", var slug, var tool] => ServerSlug.TryParse(slug, null, out _) && ToolName.IsValid(tool),
        _ => false,
    };
}
