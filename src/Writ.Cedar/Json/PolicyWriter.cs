using System.Text.Json;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;

namespace Writ.Cedar.Json;

/// <summary>Writes policies and sets of the JSON policy form.</summary>
internal sealed class PolicyWriter(Utf8JsonWriter json)
{
    public void Write(PolicySet set)
    {
        json.WriteStartObject();
        json.WriteStartObject("staticPolicies");
        foreach (var policy in set.Policies.Where(policy => policy.Link is null))
        {
            json.WritePropertyName(policy.Id.Value);
            Write(policy.Body);
        }

        json.WriteEndObject();
        json.WriteStartObject("templates");
        foreach (var template in set.Templates)
        {
            json.WritePropertyName(template.Id.Value);
            Write(template.Body);
        }

        json.WriteEndObject();
        json.WriteStartArray("templateLinks");
        foreach (var policy in set.Policies)
        {
            if (policy.Link is { } link)
                Write(policy.Id, link);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Write(PolicyBody body)
    {
        json.WriteStartObject();
        json.WriteString("effect", body.Effect == Effect.Permit ? "permit" : "forbid");
        Write("principal", body.Principal, "?principal");
        Write(body.Action);
        Write("resource", body.Resource, "?resource");
        json.WriteStartArray("conditions");
        foreach (var condition in body.Conditions)
        {
            json.WriteStartObject();
            json.WriteString("kind", condition.Kind == ConditionKind.When ? "when" : "unless");
            json.WritePropertyName("body");
            new ExprWriter(json).Write(condition.Body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (body.Annotations.Count > 0)
        {
            json.WriteStartObject("annotations");
            foreach (var annotation in body.Annotations)
                json.WriteString(annotation.Key, annotation.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EntityUid uid)
    {
        json.WriteStartObject();
        json.WriteString("type", uid.Type.Value);
        json.WriteString("id", uid.Id);
        json.WriteEndObject();
    }

    private void Write(PolicyId id, TemplateLink link)
    {
        json.WriteStartObject();
        json.WriteString("templateId", link.TemplateId.Value);
        json.WriteString("newId", id.Value);
        json.WriteStartObject("values");
        foreach (var (slot, uid) in new[] { ("?principal", link.Principal), ("?resource", link.Resource) })
        {
            if (uid is null)
                continue;
            json.WritePropertyName(slot);
            Write(json, uid);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(string name, EntityScope scope, string slot)
    {
        json.WriteStartObject(name);
        json.WriteString("op", scope switch
        {
            EntityScope.Any => "All",
            EntityScope.Equal => "==",
            EntityScope.In => "in",
            _ => "is",
        });
        if (scope.Type is { } type)
            json.WriteString("entity_type", type.Value);
        if (scope is EntityScope.IsIn)
            json.WriteStartObject("in");
        if (scope.Target is ScopeTarget.Entity entity)
        {
            json.WritePropertyName("entity");
            Write(json, entity.Uid);
        }
        else if (scope.Target is ScopeTarget.OpenSlot)
        {
            json.WriteString("slot", slot);
        }

        if (scope is EntityScope.IsIn)
            json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(ActionScope scope)
    {
        json.WriteStartObject("action");
        json.WriteString("op", scope switch
        {
            ActionScope.Any => "All",
            ActionScope.Equal => "==",
            _ => "in",
        });
        switch (scope)
        {
            case ActionScope.Equal equal:
                json.WritePropertyName("entity");
                Write(json, equal.Action);
                break;
            case ActionScope.In group:
                json.WritePropertyName("entity");
                Write(json, group.Group);
                break;
            case ActionScope.InAny any:
                json.WriteStartArray("entities");
                foreach (var action in any.Actions)
                    Write(json, action);
                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }
}
