using System.Text.Json.Serialization;

namespace Writ.Governance.People;

/// <summary>How a person proved to be there when a control action was taken. Every record says which.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Presence>))]
public enum Presence
{
    /// <summary>Nobody: the installation itself, at its own start.</summary>
    [JsonStringEnumMemberName("installation")]
    Installation,

    /// <summary>The bootstrap administrator's stored token, which stands for presence until people have passkeys.</summary>
    [JsonStringEnumMemberName("bootstrap-token")]
    BootstrapToken,

    /// <summary>A person's own stored token, which stands for presence until people have passkeys.</summary>
    [JsonStringEnumMemberName("stored-token")]
    StoredToken,
}
