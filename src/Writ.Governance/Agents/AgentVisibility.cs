using System.Text.Json.Serialization;

namespace Writ.Governance.Agents;

/// <summary>Who can find an agent. The default is the narrowest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentVisibility>))]
public enum AgentVisibility
{
    [JsonStringEnumMemberName("personal")]
    Personal,

    [JsonStringEnumMemberName("team")]
    Team,

    [JsonStringEnumMemberName("organization")]
    Organization,

    [JsonStringEnumMemberName("global")]
    Global,
}
