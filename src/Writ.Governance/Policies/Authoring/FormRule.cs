using System.Collections.Immutable;
using Writ.Cedar.Expressions;

namespace Writ.Governance.Policies.Authoring;

/// <summary>A rule of a form, read: what it decides where it holds, and the forbids that say so in Cedar.</summary>
/// <param name="Name">Its name inside the file.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Decision">What it decides.</param>
/// <param name="Condition">When it holds.</param>
/// <param name="Reason">Why, for people; null where the file does not say.</param>
/// <param name="Forbids">The annotations of each forbid it makes, with a word that names it; none of a plain ALLOW.</param>
internal sealed record FormRule(
    string Name, YamlValue Place, FormDecision Decision, Expr Condition, string? Reason, ImmutableArray<(string Word, ImmutableArray<(string Key, string Value)> Annotations)> Forbids);
