using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Tools;

/// <summary>Takes note of what a server shows: pins what is new and classified, quarantines what is not or what changed. Thread safe.</summary>
public sealed class ToolObservation(ControlService controls)
{
    /// <summary>
    /// Null when what was shown is reflected in the registry; otherwise why it could not be. What has to be quarantined is so first, and
    /// whether or not the ledger takes the rest.
    /// </summary>
    public async Task<string?> ObserveAsync(OrganizationId organization, ServerSlug server, IReadOnlyList<JsonElement> shown, CancellationToken cancellation)
    {
        var quarantine = await TakeAsync(organization, server, shown, restrict: true, cancellation);
        var admit = await TakeAsync(organization, server, shown, restrict: false, cancellation);
        return quarantine ?? admit;
    }

    private async Task<string?> TakeAsync(OrganizationId organization, ServerSlug server, IReadOnlyList<JsonElement> shown, bool restrict, CancellationToken cancellation)
    {
        var outcome = await controls.TakeAsync(
            organization, null, Presence.Installation,
            state => state?.Server(server) is { } known
                ? ControlPlan.Take([.. ToolAdmission.Examine(known, shown, state.Bundles.Values).Where(action => action.IsRestriction() == restrict)])
                : ControlPlan.Refuse("there is no such server"),
            cancellation);
        return outcome switch
        {
            ControlOutcome.Done => null,
            ControlOutcome.Invalid invalid => invalid.Cause,
            ControlOutcome.NotRecorded failed => failed.Fault,
            ControlOutcome.InForceUnrecorded failed => failed.Fault,
            _ => "the control bundle refused it",
        };
    }
}
