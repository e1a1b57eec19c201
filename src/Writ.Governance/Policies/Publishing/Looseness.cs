using System.Text.Json.Serialization;

namespace Writ.Governance.Policies.Publishing;

/// <summary>What a bundle is beside the policies that hold, as far as that is known. Only the first lets one person publish it alone.</summary>
public enum Looseness
{
    /// <summary>Proved: no call there could be fares better than before.</summary>
    [JsonStringEnumMemberName("not-looser")]
    NotLooser,

    /// <summary>A call fares better, as an example shows.</summary>
    [JsonStringEnumMemberName("looser")]
    Looser,

    /// <summary>Neither was found within the bounds of the search.</summary>
    [JsonStringEnumMemberName("unproved")]
    Unproved,

    /// <summary>No policy held before, so that everything was denied.</summary>
    [JsonStringEnumMemberName("first")]
    First,
}
