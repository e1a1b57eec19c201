using System.Text.Json.Serialization;

namespace Writ.Governance.Feeds.Formats;

/// <summary>What a record looks like where it goes.</summary>
public enum FeedFormat
{
    /// <summary>CloudEvents 1.0.2, with the record as data.</summary>
    [JsonStringEnumMemberName("cloudevents")]
    CloudEvents,

    /// <summary>OCSF 1.8.0, class API Activity.</summary>
    [JsonStringEnumMemberName("ocsf")]
    Ocsf,

    /// <summary>The record itself, with its log and index.</summary>
    [JsonStringEnumMemberName("record")]
    Record,
}
