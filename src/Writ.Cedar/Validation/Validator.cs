using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation;

/// <summary>
/// Validates against a schema. No finding of <see cref="Severity.Error"/> means valid. Findings come in the order of what was validated;
/// after <see cref="MaxFindings"/> errors or warnings the rest of them is left out. Immutable and safe for any number of threads.
/// </summary>
public sealed class Validator
{
    /// <summary>The most errors, and the most warnings, that one validation reports.</summary>
    public const int MaxFindings = 1_000;

    /// <summary>
    /// How many steps checking the types of one policy may take, an expression for one kind of request being a step. A policy that takes
    /// more is refused with <see cref="FindingKind.TooComplex"/>.
    /// </summary>
    public const int MaxEffort = 5_000_000;

    /// <summary>Creates a validator.</summary>
    public Validator(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
    }

    /// <summary>What is validated against.</summary>
    public Schema Schema { get; }

    /// <summary>
    /// Validates all entities of a store, lower layers included. An entity need not exist to be named as a parent or in an attribute, but
    /// it must be of the right type and, where the schema lists what there is, be listed. Actions must be as the schema declares them.
    /// </summary>
    public ImmutableArray<Finding> Validate(EntityStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var findings = new Findings();
        var validator = new EntityValidator(Schema, findings);
        foreach (var entity in store.Entities)
            validator.Check(entity, store);
        return findings.All;
    }

    /// <summary>Validates one entity as part of a store, such as one that was just layered on it.</summary>
    public ImmutableArray<Finding> Validate(Entity entity, EntityStore store)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(store);
        var findings = new Findings();
        new EntityValidator(Schema, findings).Check(entity, store);
        return findings.All;
    }

    /// <summary>Validates a request: the action is declared and applies to the types of principal and resource, and the context is as it must be.</summary>
    public ImmutableArray<Finding> Validate(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var findings = new Findings();
        new RequestValidator(Schema, findings).Check(request);
        return findings.All;
    }

    /// <summary>
    /// Validates the policies and templates of a set. A policy without a finding of <see cref="Severity.Error"/> cannot fail in
    /// evaluation, given a request and entities that are valid, but for three reasons: an entity that does not exist, a number that does
    /// not fit 64 bits, and an extension function without an answer; and, where the schema leaves a type open, a value of another type than
    /// the policy takes it for.
    /// </summary>
    /// <param name="policies">The policies and templates.</param>
    /// <param name="mode">How strictly.</param>
    /// <param name="maxLevel">
    /// How many entities may be looked into one behind another, from the principal, the action, the resource or the context (RFC 76): with 1,
    /// <c>principal.owner</c> is right and <c>principal.owner.name</c> is not. With a level, an entity that a policy names cannot be looked
    /// into at all. What a request needs of the entities is then known before it is decided. Without bound when null, the default.
    /// </param>
    public ImmutableArray<Finding> Validate(PolicySet policies, ValidationMode mode = ValidationMode.Strict, int? maxLevel = null)
    {
        ArgumentNullException.ThrowIfNull(policies);
        if (maxLevel is { } level)
            ArgumentOutOfRangeException.ThrowIfNegative(level);
        var findings = new Findings();
        foreach (var (id, body) in policies.Templates.Select(template => (template.Id, template.Body)).Concat(policies.Policies.Select(policy => (policy.Id, policy.Body))))
            new PolicyValidator(Schema, mode, maxLevel, id, body, findings).Check();
        return findings.All;
    }
}
