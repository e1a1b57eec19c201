using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Lifecycle.Canary;

/// <summary>What a canary takes its share of. The words are never renamed.</summary>
public enum CanaryUnit
{
    /// <summary>Agents: one that is in the share is in it with every action.</summary>
    [JsonStringEnumMemberName("agents")]
    Agents,

    /// <summary>Tasks, each with the tasks below it.</summary>
    [JsonStringEnumMemberName("tasks")]
    Tasks,
}
