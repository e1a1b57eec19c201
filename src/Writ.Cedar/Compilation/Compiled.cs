using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation.Nodes;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Compilation;

/// <summary>
/// A policy set made ready for many requests: an index over its scopes, its conditions as nodes, and a slot for every attribute path, so
/// that a path is read once a request however many policies read it. Says of every request exactly what
/// <see cref="Reference"/> says, all reasons and errors included. Immutable and thread safe; compiling takes time and memory in
/// proportion to the text of the set.
/// </summary>
public sealed class Compiled
{
    private readonly CompiledPolicy[] _policies;
    private readonly ScopeIndex _index;
    private readonly int _slots;

    private Compiled(PolicySet policies)
    {
        Policies = policies;
        var slots = new SlotLayout();
        var compiler = new ExprCompiler(slots);
        _policies = [.. policies.Policies.Select(policy => new CompiledPolicy(policy, compiler))];
        _slots = slots.Count;
        _index = new ScopeIndex(policies.Policies);
    }

    /// <summary>The set that was compiled.</summary>
    public PolicySet Policies { get; }

    /// <summary>Compiles a set. Every set can be compiled.</summary>
    public static Compiled Of(PolicySet policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return new Compiled(policies);
    }

    /// <summary>
    /// Says how each policy of the set fares with the request. Allocates nothing once the buffer has grown, but the text of errors and the
    /// sets, records, strings and numbers that a policy itself makes of the request.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="entities">What is known of the entities.</param>
    /// <param name="buffer">Takes the answer, and forgets the one before.</param>
    public void Evaluate(Request request, EntityStore entities, EvaluationBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Start();
        var frame = buffer.Frame;
        (frame.Principal, frame.Action, frame.Resource) = (request.Principal.AsValue, request.Action.AsValue, request.Resource.AsValue);
        (frame.Context, frame.Entities) = (request.Context, entities);
        frame.Reserve(_slots);
        _index.Find(request, entities, buffer);
        foreach (var at in CollectionsMarshal.AsSpan(buffer.Candidates))
        {
            var policy = _policies[at];
            if (!policy.HasTypes(request.Principal, request.Resource))
                continue;
            switch (policy.Test(frame))
            {
                case Truth.True:
                    buffer.Add(at, policy.Policy.Effect);
                    break;
                case Truth.Fault:
                    buffer.Add(at, new EvaluationError(policy.Policy, frame.Fault!.Kind, frame.Position, frame.Fault.Message));
                    break;
            }
        }

        buffer.Finish();
    }

    /// <summary>Says how each policy of the set fares with the request, as a value of its own.</summary>
    public Evaluation Evaluate(Request request, EntityStore entities)
    {
        var buffer = new EvaluationBuffer();
        Evaluate(request, entities, buffer);
        return ToEvaluation(buffer);
    }

    /// <summary>Copies the answer that was evaluated by this set into the buffer.</summary>
    public Evaluation ToEvaluation(EvaluationBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var errors = ImmutableArray.CreateBuilder<EvaluationError>(buffer.ErrorCount);
        for (var i = 0; i < buffer.ErrorCount; i++)
            errors.Add(buffer.Error(i));
        return new Evaluation(Pick(buffer.Permits), Pick(buffer.Forbids), errors.MoveToImmutable());
    }

    /// <summary>Decides by Cedar's own rules. An erring policy is skipped, a forbid too: see <see cref="Evaluation.Decision"/>.</summary>
    public Response Authorize(Request request, EntityStore entities)
    {
        var evaluation = Evaluate(request, entities);
        return new Response(evaluation.Decision, [.. evaluation.Reasons.Select(policy => policy.Id)], evaluation.Errors);
    }

    private ImmutableArray<Policy> Pick(ReadOnlySpan<int> places)
    {
        if (places.IsEmpty)
            return [];
        var policies = new Policy[places.Length];
        for (var i = 0; i < policies.Length; i++)
            policies[i] = _policies[places[i]].Policy;
        return ImmutableCollectionsMarshal.AsImmutableArray(policies);
    }
}
