using System.Text.Json;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Explaining;

/// <summary>One changed argument with which the outcome would be another: decided, not guessed.</summary>
/// <param name="Argument">The argument, with dots between levels.</param>
/// <param name="Now">What it is; null when it is not there.</param>
/// <param name="Then">What it would be; null when it would not be there.</param>
/// <param name="Outcome">What would then be decided, as <see cref="Outcomes.Word"/> has it.</param>
public sealed record Counterfactual(string Argument, JsonElement? Now, JsonElement? Then, string Outcome);
