using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Users;

namespace Writ.Governance.Tasks;

/// <summary>What is asked for when a task is opened, with what is attested and what is claimed already told apart.</summary>
public sealed record TaskOpening
{
    public required AgentId Agent { get; init; }

    /// <summary>The key id of the credential that the task will be bound to.</summary>
    public required string Credential { get; init; }

    /// <summary>The task above, when an agent opened this one; it inherits what was attested there.</summary>
    public TaskStanding? Parent { get; init; }

    public Attested<string>? Purpose { get; init; }

    public Attested<PersonId>? StartedBy { get; init; }

    public Attested<string>? User { get; init; }

    /// <summary>What a verified token said of the user; null where none did.</summary>
    public UserFacts? UserFacts { get; init; }

    public Attested<string>? Workflow { get; init; }

    /// <summary>The tools that the work needs: it reaches no others, whoever asks. Null for all that the agent has been given.</summary>
    public ImmutableArray<Grant>? Scope { get; init; }

    public Attested<string>? Skill { get; init; }

    /// <summary>The agents that handed the work on, the asking one last; empty where the agent opens the task itself or a person asks.</summary>
    public ImmutableArray<AgentId> AskedBy { get; init; } = [];

    public Claims Claims { get; init; } = Claims.None;

    /// <summary>The words in which the work was asked for, at most 16 KiB of UTF-8; sealed in the vault.</summary>
    public string? RequestWords { get; init; }

    /// <summary>Through which interface it was asked.</summary>
    public string? Interface { get; init; }
}
