using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Levels;

/// <summary>For whom the policies of a bundle hold, from the highest level down.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BundleLevel>))]
public enum BundleLevel
{
    /// <summary>For every agent of the organization.</summary>
    [JsonStringEnumMemberName("organization")]
    Organization,

    /// <summary>For the agents of one team.</summary>
    [JsonStringEnumMemberName("team")]
    Team,

    /// <summary>For one agent.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,
}
