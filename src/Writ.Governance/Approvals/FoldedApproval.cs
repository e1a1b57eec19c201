using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Folds;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>A request for approval inside a fold snapshot.</summary>
internal static class FoldedApproval
{
    /// <summary>False where the request names a user.</summary>
    public static bool TryWriteTo(this ApprovalRequest request, FoldWriter writer)
    {
        writer.Id(request.Id.Value);
        writer.Text(request.Organization.ToString());
        writer.Id(request.Decision.Value);
        writer.Hash(request.Binding);
        if (!writer.TrySubject(request.Subject))
            return false;
        writer.Id(request.Agent.Value);
        writer.OptionalText(request.Requester?.ToString());
        writer.Text(request.ActionName);
        writer.Number(request.Asks.Length);
        foreach (var ask in request.Asks)
        {
            writer.Text(ask.Policy);
            writer.Number(ask.Approvers.Length);
            foreach (var approver in ask.Approvers)
                writer.Text(approver.ToString());
            writer.Number(ask.Quorum);
            writer.Number(ask.Within.Ticks);
            writer.OptionalText(ask.Reason);
            writer.Flag(ask.NeedsEvidence);
        }

        writer.Time(request.RequestedAt);
        writer.Time(request.ExpiresAt);
        writer.Number((long)request.State);
        writer.Number(request.ApprovedBy.Length);
        foreach (var person in request.ApprovedBy)
            writer.Text(person.ToString());
        return true;
    }

    public static ApprovalRequest Read(FoldReader reader) => new()
    {
        // In the order of their places: initializers run from top to bottom.
        Id = new ApprovalId(reader.Id()),
        Organization = OrganizationId.Parse(reader.Text()),
        Decision = new DecisionId(reader.Id()),
        Binding = reader.Hash(),
        Subject = reader.Subject(),
        Agent = new AgentId(reader.Id()),
        Requester = reader.OptionalText() is { } requester ? PersonId.Parse(requester) : null,
        ActionName = reader.Text(),
        Asks = [.. reader.Many(ReadAsk)],
        RequestedAt = reader.Time(),
        ExpiresAt = reader.Time(),
        State = (ApprovalState)reader.Number(),
        ApprovedBy = [.. reader.Many(r => PersonId.Parse(r.Text()))],
    };

    private static ApprovalAsk ReadAsk(FoldReader reader) => new(
        reader.Text(),
        [.. reader.Many(r => ApproverRule.Parse(r.Text()) ?? throw new InvalidDataException("an approver of the fold snapshot cannot be read"))],
        (int)reader.Number(),
        TimeSpan.FromTicks(reader.Number()),
        reader.OptionalText())
    {
        NeedsEvidence = reader.Flag(),
    };
}
