using System.Collections.Immutable;
using System.Text.Json;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Json;

/// <summary>Reads policies and sets of the JSON policy form.</summary>
internal sealed class PolicyReader(JsonInput input)
{
    private readonly ScopeReader _scopes = new(input);

    public PolicyBody? Body(JsonNode node)
    {
        if (input.Object(node, "a policy", ["effect", "principal", "action", "resource", "conditions"], ["annotations"]) is not { } parts
            || Effect(parts["effect"]) is not { } effect
            || Annotations(parts) is not { } annotations
            || _scopes.Entity(parts["principal"], "?principal") is not { } principal
            || _scopes.Action(parts["action"]) is not { } action
            || _scopes.Entity(parts["resource"], "?resource") is not { } resource
            || Conditions(parts["conditions"]) is not { } conditions)
        {
            return null;
        }

        return new PolicyBody
        {
            Effect = effect,
            Annotations = annotations,
            Principal = principal,
            Action = action,
            Resource = resource,
            Conditions = conditions,
            SourceName = input.Options.SourceName,
        };
    }

    public PolicySet? Set(JsonNode node)
    {
        if (input.Object(node, "a policy set", [], ["staticPolicies", "templates", "templateLinks"]) is not { } parts
            || Named(parts, "staticPolicies", isTemplate: false) is not { } policies
            || Named(parts, "templates", isTemplate: true) is not { } templates)
        {
            return null;
        }

        var made = PolicySet.Create(
            policies.Select(named => new Policy(named.Id, named.Body)), templates.Select(named => new Template(named.Id, named.Body)));
        if (Take(node, made) is not { } set || !parts.TryGetValue("templateLinks", out var links))
            return made.TryGet(out var whole, out _) ? whole : null;
        return input.Array(links, "an array of links") ? Linked(set, links) : null;
    }

    private PolicySet? Linked(PolicySet set, JsonNode links)
    {
        var policies = set.Policies.ToBuilder();
        foreach (var node in links.Items())
        {
            if (input.Object(node, "a link", ["templateId", "newId", "values"]) is not { } parts
                || input.String(parts["templateId"], "the id of a template") is not { } templateId
                || input.String(parts["newId"], "the id of the new policy") is not { } id
                || input.Object(parts["values"], "the entities for the slots", [], ["?principal", "?resource"]) is not { } values
                || !Slot(values, "?principal", out var principal)
                || !Slot(values, "?resource", out var resource))
            {
                return null;
            }

            if (!set.TryGetTemplate(new PolicyId(templateId), out var template))
            {
                input.Report(parts["templateId"], $"there is no template {StringLiteral.Quote(templateId)} in the set");
                return null;
            }

            if (Take(node, template.Link(new PolicyId(id), principal, resource)) is not { } policy)
                return null;
            policies.Add(policy);
        }

        return Take(links, PolicySet.Create(policies, set.Templates));
    }

    private bool Slot(Dictionary<string, JsonNode> values, string slot, out EntityUid? uid)
    {
        uid = values.TryGetValue(slot, out var node) ? new ValueReader(input).Entity(node) : null;
        return uid is not null || !values.ContainsKey(slot);
    }

    private List<(PolicyId Id, PolicyBody Body)>? Named(Dictionary<string, JsonNode> parts, string list, bool isTemplate)
    {
        var named = new List<(PolicyId, PolicyBody)>();
        if (!parts.TryGetValue(list, out var node))
            return named;
        if (input.Members(node, "an object of policies") is not { } members)
            return null;
        foreach (var (id, member) in members)
        {
            if (Body(member) is not { } body)
                return null;
            if (body.IsTemplate != isTemplate)
            {
                input.Report(member, isTemplate ? "a template has a slot" : "a policy has no slot: this is a template");
                return null;
            }

            named.Add((new PolicyId(id), body));
        }

        return named;
    }

    private Effect? Effect(JsonNode node)
    {
        switch (input.String(node, "an effect"))
        {
            case "permit":
                return Policies.Effect.Permit;
            case "forbid":
                return Policies.Effect.Forbid;
            case not null:
                input.Report(node, "an effect is \"permit\" or \"forbid\"");
                return null;
            default:
                return null;
        }
    }

    private Annotations? Annotations(Dictionary<string, JsonNode> parts)
    {
        if (!parts.TryGetValue("annotations", out var node))
            return Policies.Annotations.None;
        if (input.Members(node, "an object of annotations") is not { } members)
            return null;
        var annotations = new List<Annotation>();
        foreach (var (key, member) in members)
        {
            if (!Identifier.IsWellFormed(key))
            {
                input.Report(member, "the key of an annotation is an identifier");
                return null;
            }

            string? value = null;
            if (member.Kind != JsonValueKind.Null && (value = input.String(member, "a string or null")) is null)
                return null;
            annotations.Add(new Annotation(key, value));
        }

        return new Annotations(annotations);
    }

    private ImmutableArray<Condition>? Conditions(JsonNode node)
    {
        if (!input.Array(node, "an array of conditions"))
            return null;
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (var item in node.Items())
        {
            if (input.Object(item, "a condition", ["kind", "body"]) is not { } parts || input.String(parts["kind"], "a kind") is not { } kind)
                return null;
            if (kind is not ("when" or "unless"))
            {
                input.Report(parts["kind"], "a condition is of the kind \"when\" or \"unless\"");
                return null;
            }

            if (new ExprReader(input).Read(parts["body"]) is not { } body)
                return null;
            conditions.Add(new Condition(kind == "when" ? ConditionKind.When : ConditionKind.Unless, body));
        }

        return conditions.DrainToImmutable();
    }

    // The value, or null with its diagnostics reported at the node.
    private T? Take<T>(JsonNode node, ParseResult<T> result)
        where T : class
    {
        if (result.TryGet(out var value, out var diagnostics))
            return value;
        foreach (var diagnostic in diagnostics)
            input.Report(node, diagnostic.Message);
        return null;
    }
}
