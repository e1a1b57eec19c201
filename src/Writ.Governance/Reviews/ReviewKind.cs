using System.Text.Json.Serialization;

namespace Writ.Governance.Reviews;

/// <summary>What people look at again from time to time, of every agent that acts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewKind>))]
public enum ReviewKind
{
    /// <summary>What it has been given and by what it proves itself: every 30 days.</summary>
    [JsonStringEnumMemberName("permissions")]
    Permissions,

    /// <summary>What it is told to do, its version and its card: every 90 days.</summary>
    [JsonStringEnumMemberName("instructions")]
    Instructions,

    /// <summary>How the tools that it may call describe themselves: every 90 days.</summary>
    [JsonStringEnumMemberName("tools")]
    Tools,
}
