using System.Collections.Immutable;
using Writ.Cedar.Compilation.Nodes;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Compilation;

/// <summary>A policy with its conditions compiled. Immutable but for the guesses of <see cref="AttributeNode"/>.</summary>
internal sealed class CompiledPolicy
{
    private readonly (Node Body, Truth Wanted)[] _conditions;
    private readonly EntityTypeName? _principalType;
    private readonly EntityTypeName? _resourceType;

    public CompiledPolicy(Policy policy, ExprCompiler compiler)
    {
        Policy = policy;
        _conditions = [.. policy.Conditions.Select(c => (compiler.Compile(c.Body), c.Kind == ConditionKind.When ? Truth.True : Truth.False))];
        _principalType = policy.Principal is EntityScope.IsIn ? policy.Principal.Type : null;
        _resourceType = policy.Resource is EntityScope.IsIn ? policy.Resource.Type : null;
    }

    public Policy Policy { get; }

    /// <summary>The half of <c>is T in x</c> that the index does not ask.</summary>
    public bool HasTypes(EntityUid principal, EntityUid resource) =>
        (_principalType is null || _principalType.Equals(principal.Type)) && (_resourceType is null || _resourceType.Equals(resource.Type));

    /// <summary>Whether all conditions hold, asked in the order of the text up to the first that does not.</summary>
    public Truth Test(Frame frame)
    {
        foreach (var (body, wanted) in _conditions)
        {
            var truth = body.Test(frame);
            if (truth == Truth.Fault)
                return truth;
            if (truth != wanted)
                return Truth.False;
        }

        return Truth.True;
    }
}
