using System.Text.Json.Serialization;

namespace Writ.Governance.Agents;

/// <summary>Where an agent stands. Only an active one acts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentLifecycle>))]
public enum AgentLifecycle
{
    [JsonStringEnumMemberName("draft")]
    Draft,

    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Stopped, and may be activated again.</summary>
    [JsonStringEnumMemberName("suspended")]
    Suspended,

    /// <summary>Stopped for good.</summary>
    [JsonStringEnumMemberName("retired")]
    Retired,
}
