using System.Text.Json.Serialization;

namespace Writ.Governance.Policies;

/// <summary>Whether the forbids of a bundle may be lifted at all.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BundleTier>))]
public enum BundleTier
{
    /// <summary>Every forbid denies. A discharge in such a bundle is an error, and denies all the same.</summary>
    [JsonStringEnumMemberName("hard")]
    Hard,

    /// <summary>Forbids may carry a discharge.</summary>
    [JsonStringEnumMemberName("soft")]
    Soft,
}
