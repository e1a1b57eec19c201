using System.Text.Json.Serialization;

namespace Writ.Governance.Directories;

/// <summary>Which attribute of a directory's user is the subject of its account with an OpenID provider. Stated by a person; an e-mail address never is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubjectSource>))]
public enum SubjectSource
{
    /// <summary><c>externalId</c>, what the directory itself calls the user.</summary>
    [JsonStringEnumMemberName("external_id")]
    ExternalId,

    /// <summary><c>userName</c>.</summary>
    [JsonStringEnumMemberName("user_name")]
    UserName,
}
