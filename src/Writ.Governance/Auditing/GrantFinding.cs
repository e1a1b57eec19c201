using System.Text.Json.Serialization;

namespace Writ.Governance.Auditing;

/// <summary>What is wrong with something that an agent holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GrantFinding>))]
public enum GrantFinding
{
    /// <summary>Held for 30 days or longer, and nothing on record used it.</summary>
    [JsonStringEnumMemberName("never-used")]
    NeverUsed,

    /// <summary>Used, but not for 30 days.</summary>
    [JsonStringEnumMemberName("unused")]
    Unused,

    /// <summary>Of every tool of a server, and only some of them were called in 30 days.</summary>
    [JsonStringEnumMemberName("wider-than-used")]
    WiderThanUsed,

    /// <summary>Nobody who is here answers for the agent that holds it.</summary>
    [JsonStringEnumMemberName("nobody-answers")]
    NobodyAnswers,
}
