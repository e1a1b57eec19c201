using Writ.Governance.Policies.Authoring;

namespace Writ.Governance.Policies.Importing;

/// <summary>A rule of <c>governance.toolkit/v1</c> that is carried.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Priority">Its priority there; the highest that matches decides under the default strategy.</param>
/// <param name="Decision">What it decides here.</param>
/// <param name="Condition">Its condition in the YAML form.</param>
/// <param name="More">The keys that say more about the decision, as lines of YAML.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record ToolkitRule(
    string Name, YamlValue Place, int Priority, FormDecision Decision, string Condition, IReadOnlyList<string> More, string Reason);
