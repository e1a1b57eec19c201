using System.Collections.Immutable;
using Writ.Governance.Agents;

namespace Writ.Governance.OAuth;

/// <summary>
/// The scope of an access token: grants, as <c>server/tool</c> or <c>server/*</c>, separated by spaces. It takes away and gives nothing: what counts
/// is what the agent has been given at the moment of a call, and of that only what the scope names.
/// </summary>
public static class AccessScope
{
    /// <summary>The most grants in a scope.</summary>
    public const int Most = 64;

    /// <summary>Why a scope cannot be asked for; null where it can.</summary>
    public static string? Obstacle(string scope, Agent agent)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(agent);
        var words = scope.Split(' ');
        if (words.Length > Most)
            return $"a scope names at most {Most} tools";
        foreach (var word in words)
        {
            if (!Grant.TryParse(word, out var asked))
                return "a scope names tools, as server/tool or server/*, with one space between them";
            if (!agent.Grants.Any(grant => grant == asked || (asked!.Tool != Grant.EveryTool && grant.Covers(asked.Server, asked.Tool))))
                return "the agent has not been given all that the scope names";
        }

        return null;
    }

    /// <summary>What a scope leaves of grants; a word that is no grant leaves nothing.</summary>
    public static ImmutableArray<Grant> Within(ImmutableArray<Grant> grants, string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Grant.Meet(grants, Read(scope));
    }

    /// <summary>The grants that a scope names; a word that is none is passed over.</summary>
    internal static ImmutableArray<Grant> Read(string scope) => [.. scope.Split(' ').Select(word => Grant.TryParse(word, out var named) ? named : null).OfType<Grant>()];
}
