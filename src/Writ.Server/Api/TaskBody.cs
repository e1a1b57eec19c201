using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>A task to be opened. What an agent says in it is claimed; what a person or an enforcement point says is attested.</summary>
internal sealed record TaskBody
{
    /// <summary>The agent; an agent that opens one for itself need not say so, and opens one for another where a consent names it.</summary>
    public string? Agent { get; init; }

    /// <summary>The credential of the agent that the task is bound to. Null for its newest API key, or where it has none its newest registered one.</summary>
    public string? Credential { get; init; }

    public string? Purpose { get; init; }

    public string? OnBehalfOf { get; init; }

    /// <summary>A token of the end user it is for, from a registered user issuer: then the user is a fact, whoever opens the task.</summary>
    public string? UserToken { get; init; }

    public string? Workflow { get; init; }

    /// <summary>The skill of the agent that is asked for: the work uses the tools of that skill alone.</summary>
    public string? Skill { get; init; }

    /// <summary>The words the work was asked for in; sealed in the vault.</summary>
    public string? Request { get; init; }

    public string? Interface { get; init; }

    /// <summary>The tools that the work needs, <c>server/tool</c> or <c>server/*</c>: it reaches no others. Null for all that the agent has been given.</summary>
    public ImmutableArray<string>? Scope { get; init; }
}
