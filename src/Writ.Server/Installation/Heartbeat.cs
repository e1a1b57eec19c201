using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;
using Writ.Ledger;

namespace Writ.Server.Installation;

/// <summary>
/// Writes a record into an organization's decision log when nothing else was written for so long: silence then means that the server does
/// not run, or that somebody cut the end off. Each names the head of the control log, so that a control log that was cut shows too. Not
/// thread safe.
/// </summary>
internal sealed class Heartbeat(OpenInstallation installation, string trustDomain, TimeSpan interval, TimeProvider time)
{
    private readonly Dictionary<OrganizationId, (ulong Size, long Since)> _seen = [];

    /// <summary>Looks at every organization's log, and writes where one has been still for the interval.</summary>
    public async Task BeatAsync()
    {
        foreach (var organization in installation.Services.Registry.Current.Organizations.Keys)
        {
            var size = Head(installation.Decisions, organization, "decisions")?.Size ?? 0;
            if (!_seen.TryGetValue(organization, out var seen) || seen.Size != size)
            {
                _seen[organization] = (size, time.GetTimestamp());
                continue;
            }

            if (time.GetElapsedTime(seen.Since) < interval)
                continue;
            using var record = Record(organization);
            await installation.Services.DecisionLog.AppendAsync(organization, record.WrittenMemory, default, RecordClass.Ordinary);
        }
    }

    private JcsWriter Record(OrganizationId organization)
    {
        var now = installation.Services.Clock.Steady.GetUtcNow();
        var control = Head(installation.Control, organization, "control") ?? LogHead.Empty;
        var writer = new JcsWriter();
        writer.BeginObject();
        writer.Key("at"u8);
        writer.Integer((now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        writer.Key("control"u8);
        writer.BeginObject();
        writer.Key("root"u8);
        writer.String(control.Root.ToHex());
        writer.Key("size"u8);
        writer.Integer((long)control.Size);
        writer.EndObject();
        writer.Key("id"u8);
        writer.Text(Guid.CreateVersion7(now));
        writer.Key("kind"u8);
        writer.String("heartbeat");
        writer.Key("organization"u8);
        writer.String(organization.ToString());
        writer.Key("v"u8);
        writer.Integer(1);
        writer.EndObject();
        return writer;
    }

    private LogHead? Head(MerkleLedger ledger, OrganizationId organization, string name) => ledger.FindLog($"{trustDomain}/{organization}/{name}")?.Head;
}
