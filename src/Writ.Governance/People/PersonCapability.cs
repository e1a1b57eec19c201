using System.Text.Json.Serialization;

namespace Writ.Governance.People;

/// <summary>What a person may do to Writ itself. Capabilities are not ranks: none contains another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PersonCapability>))]
public enum PersonCapability
{
    /// <summary>Registers agents, servers and enforcement points, and operates the installation.</summary>
    [JsonStringEnumMemberName("platform")]
    Platform,

    /// <summary>Suspends and kills, owns policy, confirms the classification of tools.</summary>
    [JsonStringEnumMemberName("security")]
    Security,

    /// <summary>Owns agents: opens tasks for them and decides their approvals.</summary>
    [JsonStringEnumMemberName("app")]
    App,

    /// <summary>Reads everything and attests.</summary>
    [JsonStringEnumMemberName("compliance")]
    Compliance,
}
