using Writ.Governance.Organizations;

namespace Writ.Governance.Records.Checks;

/// <summary>A record that says what no other record bears out. Immutable.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Log"><c>control</c> or <c>decisions</c>.</param>
/// <param name="Index">The record's index in its log.</param>
/// <param name="Text">What is wrong, in Writ's own words and ids.</param>
public sealed record RecordProblem(OrganizationId Organization, string Log, ulong Index, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"record {Index} of {Organization}/{Log}: {Text}";
}
