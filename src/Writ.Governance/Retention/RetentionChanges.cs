using Writ.Crypto.Hashing;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Retention;

/// <summary>What control actions about retention make of an organization.</summary>
internal static class RetentionChanges
{
    public static OrganizationState Propose(this OrganizationState state, RetentionProposed proposed, ControlRecord record) => state with
    {
        RetentionProposal = (Checked(new RetentionTerms(proposed.DecisionDays, proposed.FinancialDays, proposed.TraceDays)),
            record.By.Person ?? throw new InvalidDataException("retention is proposed by a person"), Timestamp.FromMicroseconds(record.At)),
    };

    public static OrganizationState Change(this OrganizationState state, RetentionChanged changed, ControlRecord record)
    {
        var terms = Checked(new RetentionTerms(changed.DecisionDays, changed.FinancialDays, changed.TraceDays));
        var alone = state.RetentionProposal is not { } proposal || proposal.Terms != terms || proposal.By == record.By.Person;
        return alone && state.SoloEnded && terms.IsShorterThan(state.Retention)
            ? throw new InvalidDataException("retention was shortened by one person alone")
            : state with { Retention = terms, RetentionProposal = null };
    }

    public static OrganizationState Prune(this OrganizationState state, PayloadsPruned pruned) =>
        state.Holds.IsEmpty && pruned.From == state.Pruned.GetValueOrDefault(pruned.Class).To && pruned.To > pruned.From
            ? state with { Pruned = state.Pruned.SetItem(pruned.Class, new PrunedRange(pruned.From, pruned.To)) }
            : throw new InvalidDataException($"payloads from {pruned.From} to {pruned.To} were pruned where {state.Pruned.GetValueOrDefault(pruned.Class).To} is due, or under a hold");

    public static OrganizationState Prune(this OrganizationState state, RecordsPruned pruned, ControlRecord record) =>
        state.Holds.IsEmpty && pruned.From == (state.PrunedRecords?.To ?? 0) && pruned.To > pruned.From && Hash256.TryParseHex(pruned.Root, out _) && Hash256.TryParseHex(pruned.Snapshot, out _)
            ? state with { PrunedRecords = new PrunedRecords(pruned.To, pruned.Root, pruned.Snapshot, pruned.FoldFormat, record.Id) }
            : throw new InvalidDataException($"records from {pruned.From} to {pruned.To} were pruned where {state.PrunedRecords?.To ?? 0} is due, or under a hold");

    private static RetentionTerms Checked(RetentionTerms terms) => terms.Problem is { } problem ? throw new InvalidDataException(problem) : terms;
}
