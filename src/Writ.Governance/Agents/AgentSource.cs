using System.Text.Json.Serialization;

namespace Writ.Governance.Agents;

/// <summary>How a draft came about that nobody described by hand.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentSource>))]
public enum AgentSource
{
    /// <summary>The agent introduced itself with a one-time token.</summary>
    [JsonStringEnumMemberName("enrolment")]
    Enrolment,

    /// <summary>It knocked at a door, and somebody made a draft of that.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,

    /// <summary>Somebody who may copied another agent.</summary>
    [JsonStringEnumMemberName("clone")]
    Clone,

    /// <summary>Somebody brought its A2A card.</summary>
    [JsonStringEnumMemberName("card")]
    Card,

    /// <summary>It stood in a list that somebody sent.</summary>
    [JsonStringEnumMemberName("import")]
    Import,
}
