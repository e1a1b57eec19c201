using Writ.Crypto.Json;
using Writ.Governance.Records;

namespace Writ.Governance.Admission;

/// <summary>The leaf that sums up requests refused before anything was decided: one for each credential and cause, however many there were.</summary>
public static class AdmissionRecord
{
    /// <summary>The format written today.</summary>
    public const int Format = 1;

    /// <summary>Writes the record.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="id">Its id.</param>
    /// <param name="at">When it was summed up.</param>
    /// <param name="refused">Who was refused and why.</param>
    /// <param name="count">How many times.</param>
    public static void WriteTo(JcsWriter writer, Guid id, DateTimeOffset at, RefusedTraffic refused, long count)
    {
        writer.BeginObject();
        writer.Member("at"u8, Timestamp.ToMicroseconds(at));
        if (refused.Caller is { } caller)
            writer.Member("caller"u8, caller);
        writer.Member("cause"u8, refused.Cause);
        writer.Member("count"u8, count);
        if (refused.Credential is { } credential)
            writer.Member("credential"u8, credential);
        writer.Member("id"u8, id);
        writer.Member("kind"u8, "admission");
        writer.Member("v"u8, Format);
        writer.EndObject();
    }
}
