using System.Text.Json.Serialization;

namespace Writ.Governance.People;

/// <summary>How a person proved to be there when a control action was taken. Every record says which.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Presence>))]
public enum Presence
{
    /// <summary>Nobody: the installation itself, at its own start.</summary>
    [JsonStringEnumMemberName("installation")]
    Installation,

    /// <summary>The bootstrap administrator's stored token, which stands for presence until the administrator has a passkey.</summary>
    [JsonStringEnumMemberName("bootstrap-token")]
    BootstrapToken,

    /// <summary>A person's own stored token, which stands for presence until the person has a passkey.</summary>
    [JsonStringEnumMemberName("stored-token")]
    StoredToken,

    /// <summary>A one-time enrolment token, with which a passkey is enrolled and nothing else done.</summary>
    [JsonStringEnumMemberName("enrolment-token")]
    EnrolmentToken,

    /// <summary>A login that goes on: somebody was there when it began, which is no proof that they are there now.</summary>
    [JsonStringEnumMemberName("session")]
    Session,

    /// <summary>An OpenID provider that said, just then, who it is: enough to begin a session and for nothing else.</summary>
    [JsonStringEnumMemberName("openid")]
    OpenId,

    /// <summary>Nobody: a directory that people let say who is of the organization.</summary>
    [JsonStringEnumMemberName("directory")]
    Directory,

    /// <summary>A passkey that signed for exactly this request.</summary>
    [JsonStringEnumMemberName("passkey")]
    Passkey,
}
