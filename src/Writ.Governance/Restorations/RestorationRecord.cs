using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Restorations;

/// <summary>The record that a restore puts behind what it restored, while no server runs.</summary>
public static class RestorationRecord
{
    /// <summary>The canonical bytes.</summary>
    /// <exception cref="InvalidOperationException">It does not fit a record.</exception>
    public static byte[] Write(OrganizationId organization, InstallationRestored action, DateTimeOffset now)
    {
        var record = new ControlRecord(ControlRecord.Format, Guid.CreateVersion7(now), organization, Timestamp.ToMicroseconds(now), Authority.Installation, action);
        return record.TryWrite(out var bytes, out var cause) ? bytes : throw new InvalidOperationException(cause);
    }
}
