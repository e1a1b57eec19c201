using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Validation;

/// <summary>Collects findings, each once. Errors and warnings have a bound each, so that no number of warnings hides an error.</summary>
internal sealed class Findings
{
    private readonly List<(Finding Finding, List<EntityUid> Actions)> _found = [];
    private readonly Dictionary<(PolicyId? Policy, FindingKind Kind, SourcePosition Position, string Message), List<EntityUid>> _seen = [];
    private int _errors;

    public Suggestions Suggestions { get; } = new();

    public ImmutableArray<Finding> All => [.. _found.Select(found => found.Finding with { Actions = [.. found.Actions.Distinct()] })];

    public void Add(FindingKind kind, string message, PolicyId? policy = null, string sourceName = "", SourcePosition position = default, EntityUid? action = null)
    {
        var key = (policy, kind, position, message);
        if (!_seen.TryGetValue(key, out var actions))
        {
            var finding = new Finding(kind, new Diagnostic(sourceName, position, message)) { Policy = policy };
            var isError = finding.Severity == Severity.Error;
            if ((isError ? _errors : _found.Count - _errors) >= Validator.MaxFindings)
                return;
            actions = [];
            _seen.Add(key, actions);
            _found.Add((finding, actions));
            if (isError)
                _errors++;
        }

        if (action is not null)
            actions.Add(action);
    }
}
