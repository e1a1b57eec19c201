namespace Writ.Governance.Policies.Constraints;

/// <summary>Whose calls a rate counts together.</summary>
public enum RateScope
{
    /// <summary>All of an agent's, whatever credential or task they come with.</summary>
    Agent,

    /// <summary>All that come with one credential.</summary>
    Credential,

    /// <summary>All of a task and the tasks below it: opening another child starts no new count.</summary>
    Task,
}
