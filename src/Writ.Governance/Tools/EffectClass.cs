using System.Text.Json.Serialization;

namespace Writ.Governance.Tools;

/// <summary>What a tool does to the world, from its definition and confirmed by a person. There is no "unknown": an unclassified tool is refused.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EffectClass>))]
public enum EffectClass
{
    /// <summary>Reads what the organization holds.</summary>
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>Brings something in from outside, and with it whatever its author wrote.</summary>
    [JsonStringEnumMemberName("fetch")]
    Fetch,

    /// <summary>Changes something that can be changed back.</summary>
    [JsonStringEnumMemberName("write")]
    Write,

    /// <summary>Sends something out of the organization.</summary>
    [JsonStringEnumMemberName("egress")]
    Egress,

    /// <summary>Moves money or commits to moving it.</summary>
    [JsonStringEnumMemberName("money")]
    Money,

    /// <summary>Creates, changes or reveals a credential or a permission.</summary>
    [JsonStringEnumMemberName("credential")]
    Credential,

    /// <summary>Removes what cannot be brought back.</summary>
    [JsonStringEnumMemberName("destroy")]
    Destroy,

    /// <summary>Runs code or commands.</summary>
    [JsonStringEnumMemberName("execute")]
    Execute,
}
