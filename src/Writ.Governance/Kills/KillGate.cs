using System.Globalization;
using Writ.Governance.Decisions;

namespace Writ.Governance.Kills;

/// <summary>
/// Nothing that was killed acts, and nothing at all in an installation that was restored and not confirmed: the first gate, before all others,
/// for releases of what was held as well.
/// </summary>
public sealed class KillGate : IGate
{
    public string Name => "kill";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(request.Organization.Restoration is { IsConfirmed: false } restoration
            ? GateResult.Denied.Because(ReasonCodes.NotConfirmed, $"restored as {restoration.Domain}, and confirmed by {restoration.ConfirmedBy.Length} people so far")
            : Of(request.Organization.Kills.Stopping(request.Facts.Agent, request.Server, request.ToolName)));

    private static GateResult Of(Kill? kill) => kill is null
        ? GateResult.Passed.Instance
        : GateResult.Denied.Because(
            ReasonCodes.Killed, string.Create(CultureInfo.InvariantCulture, $"{kill.Scope} was killed by {kill.By} at {kill.At:u}: {kill.Reason}"));
}
