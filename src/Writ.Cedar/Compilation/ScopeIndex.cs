using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Compilation;

/// <summary>
/// Finds the policies whose scopes a request meets. Sound, because a policy outside of its scope neither holds nor errs: leaving it out
/// changes no reason and no error. Immutable, thread safe.
/// </summary>
internal sealed class ScopeIndex
{
    private readonly ScopeDimension _principals = new();
    private readonly ScopeDimension _actions = new();
    private readonly ScopeDimension _resources = new();
    private readonly FrozenDictionary<ScopeKey, int[]> _buckets;
    private readonly ImmutableArray<Policy> _policies;

    public ScopeIndex(ImmutableArray<Policy> policies)
    {
        _policies = policies;
        var buckets = new Dictionary<ScopeKey, List<int>>();
        for (var i = 0; i < policies.Length; i++)
        {
            var (principal, resource) = (_principals.Of(policies[i].Principal), _resources.Of(policies[i].Resource));
            foreach (var action in ActionsOf(policies[i].Action))
            {
                ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(buckets, new ScopeKey(principal, action, resource), out _);
                (bucket ??= []).Add(i);
            }
        }

        _buckets = buckets.ToFrozenDictionary(b => b.Key, b => b.Value.ToArray());
    }

    // The hot path of `./bench policy`: no allocation once the buffer has grown.
    /// <summary>Lists the places of the policies in scope, in no order; one may be listed twice.</summary>
    public void Find(Request request, EntityStore entities, EvaluationBuffer buffer)
    {
        _principals.Find(request.Principal, entities, buffer.Principals);
        _actions.Find(request.Action, entities, buffer.Actions);
        _resources.Find(request.Resource, entities, buffer.Resources);

        // A request that meets so many demands that trying every combination costs more than asking every policy: a few policies, or many groups.
        if ((long)buffer.Principals.Count * buffer.Actions.Count * buffer.Resources.Count > _policies.Length)
        {
            for (var i = 0; i < _policies.Length; i++)
            {
                if (PolicyEvaluator.IsInScope(_policies[i], request, entities))
                    buffer.Candidates.Add(i);
            }

            return;
        }

        foreach (var action in CollectionsMarshal.AsSpan(buffer.Actions))
        {
            foreach (var principal in CollectionsMarshal.AsSpan(buffer.Principals))
            {
                foreach (var resource in CollectionsMarshal.AsSpan(buffer.Resources))
                {
                    if (_buckets.TryGetValue(new ScopeKey(principal, action, resource), out var bucket))
                        buffer.Candidates.AddRange(bucket.AsSpan());
                }
            }
        }
    }

    private IEnumerable<int> ActionsOf(ActionScope scope) => scope switch
    {
        ActionScope.Any => [_actions.Any()],
        ActionScope.Equal equal => [_actions.Equal(equal.Action)],
        _ => scope.Actions.Distinct().Select(_actions.In),
    };
}
