namespace Writ.Governance.Feeds.Formats;

/// <summary>What was done, in the words of OCSF's API Activity: by the effect class of the tool, else the kind of the record.</summary>
internal readonly record struct OcsfActivity(int Id, string Name)
{
    public static OcsfActivity Of(OutgoingRecord record) => record.Word("effect") switch
    {
        "read" or "fetch" => new(2, "Read"),
        "write" => new(3, "Update"),
        "destroy" => new(4, "Delete"),
        { } effect => new(99, effect),
        null => new(99, record.ControlKind ?? record.Kind),
    };
}
