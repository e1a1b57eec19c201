using Writ.Cedar.Entities;
using Writ.Cedar.Values;
using Writ.Governance.NamedFacts;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies;

/// <summary>What a tool is in the language of policies; made once a snapshot, for it is the same in every call. Immutable.</summary>
internal sealed class ToolTerms(Tool tool, FactDeclarations facts)
{
    public Tool Tool { get; } = tool;

    public EntityUid Action { get; } = Vocabulary.Action(tool.ActionName);

    public EntityUid Resource { get; } = Vocabulary.Tool(tool.Server, tool.Name);

    public Value Capability { get; } = tool.Classification!.Capability;

    public SetValue RiskTags { get; } = SetValue.Of(tool.Classification!.RiskTags.Select(tag => (Value)tag));

    /// <summary>The named facts that are made for the tool's calls.</summary>
    public FactPlan Facts { get; } = FactPlan.Of(facts, tool);
}
