using System.Text.Json.Serialization;

namespace Writ.Governance.Shadows;

/// <summary>Where an address lies. The address itself is kept nowhere.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AddressClass>))]
public enum AddressClass
{
    /// <summary>Nobody knows.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>This machine.</summary>
    [JsonStringEnumMemberName("loopback")]
    Loopback,

    /// <summary>A network that is not routed: RFC 1918, RFC 6598, RFC 4193, link-local.</summary>
    [JsonStringEnumMemberName("private")]
    Private,

    /// <summary>Anywhere else.</summary>
    [JsonStringEnumMemberName("public")]
    Public,
}
