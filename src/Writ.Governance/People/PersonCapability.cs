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

    /// <summary>Owns agents and decides their approvals; of a team, operates that team's agents.</summary>
    [JsonStringEnumMemberName("app")]
    App,

    /// <summary>Reads everything and attests, sets retention.</summary>
    [JsonStringEnumMemberName("compliance")]
    Compliance,

    /// <summary>Has people forgotten, and holds what must not be.</summary>
    [JsonStringEnumMemberName("data_protection")]
    DataProtection,

    /// <summary>Reads what agents do and cost, and approves where policies name it.</summary>
    [JsonStringEnumMemberName("product")]
    Product,
}
