using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Controls;

/// <summary>One leaf of the control log: what changed, when, and on whose authority.</summary>
/// <param name="V">The record format; readers know every one there has been.</param>
/// <param name="Id">A UUID, version 7.</param>
/// <param name="Organization">Whose log this is.</param>
/// <param name="At">Microseconds since 1970-01-01 UTC.</param>
/// <param name="By">On whose authority.</param>
/// <param name="Action">What changed.</param>
public sealed record ControlRecord(int V, Guid Id, OrganizationId Organization, long At, Authority By, ControlAction Action)
{
    /// <summary>The format written today.</summary>
    public const int Format = 1;

    /// <summary>The canonical bytes, which fit a log and read back as this record; else why there are none.</summary>
    internal bool TryWrite([NotNullWhen(true)] out byte[]? bytes, out string cause)
    {
        bytes = null;
        if (!Jcs.TryCanonicalize(JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options), out var canonical, out var error))
            cause = $"the record has no canonical form: {error.Message}";
        else if (canonical.Length > IRecordLog.MaxRecordBytes)
            cause = $"the record has {canonical.Length} bytes; at most {IRecordLog.MaxRecordBytes} fit the log";
        else if (Unreadable(canonical) is { } problem)
            cause = $"the record could not be read back: {problem}";
        else
            (bytes, cause) = (canonical, "");
        return bytes is not null;
    }

    /// <summary>Reads a record from the log.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    internal static ControlRecord Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ControlRecord>(bytes, StrictJson.Options) ?? throw new JsonException("the record is null");
        }
        catch (NotSupportedException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    private static string? Unreadable(byte[] canonical)
    {
        try
        {
            Read(canonical);
            return null;
        }
        catch (JsonException problem)
        {
            return problem.Message;
        }
    }
}
