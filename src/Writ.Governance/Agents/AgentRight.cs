using System.Text.Json.Serialization;

namespace Writ.Governance.Agents;

/// <summary>What a consent is for. One says one thing: who may ask an agent to work may not copy it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentRight>))]
public enum AgentRight
{
    /// <summary>Ask the agent to work.</summary>
    [JsonStringEnumMemberName("invoke")]
    Invoke,

    /// <summary>Make a draft of one's own of what the agent is made of.</summary>
    [JsonStringEnumMemberName("clone")]
    Clone,
}
