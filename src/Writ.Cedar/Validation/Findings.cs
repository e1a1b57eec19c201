using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Validation;

/// <summary>Collects findings, each once. Errors and warnings have a bound each, so that no number of warnings hides an error.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<Finding>.Builder _found = ImmutableArray.CreateBuilder<Finding>();
    private readonly HashSet<(PolicyId? Policy, FindingKind Kind, SourcePosition Position, string Message)> _seen = [];
    private int _errors;

    public Suggestions Suggestions { get; } = new();

    public ImmutableArray<Finding> All => _found.ToImmutable();

    public void Add(FindingKind kind, string message, PolicyId? policy = null, string sourceName = "", SourcePosition position = default, EntityUid? action = null)
    {
        var finding = new Finding(kind, new Diagnostic(sourceName, position, message)) { Policy = policy, Action = action };
        var isError = finding.Severity == Severity.Error;
        if ((isError ? _errors : _found.Count - _errors) >= Validator.MaxFindings || !_seen.Add((policy, kind, position, message)))
            return;
        _found.Add(finding);
        if (isError)
            _errors++;
    }
}
