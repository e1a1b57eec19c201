using System.Text.Json.Serialization;

namespace Writ.Governance.Erasures;

/// <summary>Where an erasure stands.</summary>
public enum ErasureState
{
    /// <summary>It waits for a second person.</summary>
    [JsonStringEnumMemberName("requested")]
    Requested,

    /// <summary>It is carried out as soon as nothing stands against it.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>The key is destroyed.</summary>
    [JsonStringEnumMemberName("executed")]
    Executed,

    /// <summary>It will not happen.</summary>
    [JsonStringEnumMemberName("declined")]
    Declined,
}
