using Writ.Cedar.Entities;

namespace Writ.Cedar.Policies;

/// <summary>A policy with slots in its scopes. It decides nothing until it is linked. Immutable.</summary>
public sealed record Template
{
    /// <summary>Names a body that has a slot.</summary>
    /// <exception cref="ArgumentException">The body has no slot.</exception>
    public Template(PolicyId id, PolicyBody body)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(body);
        if (!body.IsTemplate)
            throw new ArgumentException("A template has a slot.", nameof(body));
        Id = id;
        Body = body;
    }

    /// <summary>The id.</summary>
    public PolicyId Id { get; }

    /// <summary>The template without its id.</summary>
    public PolicyBody Body { get; }

    /// <summary>
    /// Fills the slots. Refused when a slot is left open or an entity is given for a slot that the template does not have.
    /// </summary>
    public ParseResult<Policy> Link(PolicyId id, EntityUid? principal = null, EntityUid? resource = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        if ((Mismatch("?principal", Body.HasPrincipalSlot, principal) ?? Mismatch("?resource", Body.HasResourceSlot, resource)) is { } wrong)
            return ParseResult<Policy>.Refuse(new Diagnostic(Body.SourceName, Body.Position, $"template '{Id}' cannot be linked as '{id}': {wrong}"));
        var filled = Body;
        if (principal is not null)
            filled = filled with { Principal = filled.Principal.Fill(principal) };
        if (resource is not null)
            filled = filled with { Resource = filled.Resource.Fill(resource) };
        return new ParseResult<Policy>.Success(new Policy(id, filled, new TemplateLink(Id, principal, resource)));
    }

    /// <summary>The template in Cedar's syntax.</summary>
    public override string ToString() => Syntax.CedarText.Print(Body);

    private static string? Mismatch(string slot, bool exists, EntityUid? given) => (exists, given) switch
    {
        (true, null) => $"nothing is given for {slot}",
        (false, not null) => $"it has no slot {slot}",
        _ => null,
    };
}
