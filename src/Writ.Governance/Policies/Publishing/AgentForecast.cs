using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.People;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What would newly be refused to one agent. Its owner, or backup owner, is to know.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="BackupOwner">Who else does.</param>
/// <param name="Denied">How many of its recorded actions would newly be refused.</param>
/// <param name="Compared">How many of its recorded actions were decided anew.</param>
/// <param name="Actions">Names of newly refused actions, at most <see cref="MaxActions"/>, most refused first.</param>
/// <param name="Decisions">Recorded decisions to look at, newest first, at most <see cref="MaxDecisions"/>.</param>
public sealed record AgentForecast(
    AgentId Agent, PersonId Owner, int Denied, int Compared, ImmutableArray<string> Actions, ImmutableArray<string> Decisions, PersonId? BackupOwner = null)
{
    public const int MaxActions = 3;

    public const int MaxDecisions = 3;

    /// <summary>Whether a person answers for the agent.</summary>
    public bool IsOwnedBy(PersonId person) => Owner == person || BackupOwner == person;
}
