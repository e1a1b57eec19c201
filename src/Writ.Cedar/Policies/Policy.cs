using System.Collections.Immutable;

namespace Writ.Cedar.Policies;

/// <summary>A policy that can be evaluated: written as such, or linked from a template. Immutable.</summary>
public sealed record Policy
{
    /// <summary>Names a body that has no slot.</summary>
    /// <param name="id">The id.</param>
    /// <param name="body">The policy without its id.</param>
    /// <param name="link">How it came from a template; null when it did not.</param>
    /// <exception cref="ArgumentException">The body has a slot.</exception>
    public Policy(PolicyId id, PolicyBody body, TemplateLink? link = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(body);
        if (body.IsTemplate)
            throw new ArgumentException("A policy has no slot: link the template.", nameof(body));
        Id = id;
        Body = body;
        Link = link;
    }

    /// <summary>The id.</summary>
    public PolicyId Id { get; }

    /// <summary>The policy without its id; of a linked policy, with the slots filled.</summary>
    public PolicyBody Body { get; }

    /// <summary>How the policy came from a template; null when it was written as it is.</summary>
    public TemplateLink? Link { get; }

    /// <summary>What the policy does when it is satisfied.</summary>
    public Effect Effect => Body.Effect;

    /// <summary>The annotations.</summary>
    public Annotations Annotations => Body.Annotations;

    /// <summary>Which principals it is about.</summary>
    public EntityScope Principal => Body.Principal;

    /// <summary>Which actions it is about.</summary>
    public ActionScope Action => Body.Action;

    /// <summary>Which resources it is about.</summary>
    public EntityScope Resource => Body.Resource;

    /// <summary>The conditions, in the order of the source; all must hold.</summary>
    public ImmutableArray<Condition> Conditions => Body.Conditions;

    /// <summary>The policy in Cedar's syntax, with the slots of a linked one filled.</summary>
    public override string ToString() => Syntax.CedarText.Print(Body);
}
