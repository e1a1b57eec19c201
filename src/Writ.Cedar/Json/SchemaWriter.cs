using System.Text.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Json;

/// <summary>Writes the JSON form of a schema, names in ordinal order.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter json)
{
    public void Write(SchemaDocument document)
    {
        json.WriteStartObject();
        foreach (var space in document.Namespaces.OrderBy(space => space.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(space.Name);
            if (!space.CommonTypes.IsEmpty)
                Write(space.CommonTypes);
            json.WriteStartObject("entityTypes");
            foreach (var entity in space.EntityTypes.OrderBy(entity => entity.Name, StringComparer.Ordinal))
                Write(entity);
            json.WriteEndObject();
            json.WriteStartObject("actions");
            foreach (var action in space.Actions.OrderBy(action => action.Name, StringComparer.Ordinal))
                Write(action);
            json.WriteEndObject();
            Write(space.Annotations);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(IEnumerable<CommonTypeDeclaration> types)
    {
        json.WriteStartObject("commonTypes");
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject(type.Name);
            Members(type.Type);
            Write(type.Annotations);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(EntityDeclaration entity)
    {
        json.WriteStartObject(entity.Name);
        if (!entity.EnumIds.IsEmpty)
        {
            Write("enum", entity.EnumIds);
        }
        else
        {
            if (!entity.MemberOf.IsEmpty)
                Write("memberOfTypes", entity.MemberOf);
            if (!IsEmptyRecord(entity.Shape))
                Write("shape", entity.Shape);
            if (entity.Tags is not null)
                Write("tags", entity.Tags);
        }

        Write(entity.Annotations);
        json.WriteEndObject();
    }

    private void Write(ActionDeclaration action)
    {
        json.WriteStartObject(action.Name);
        if (!action.MemberOf.IsEmpty)
        {
            json.WriteStartArray("memberOf");
            foreach (var group in action.MemberOf)
            {
                json.WriteStartObject();
                json.WriteString("id", group.Id);
                if (group.Type is not null)
                    json.WriteString("type", group.Type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("appliesTo");
        Write("principalTypes", action.AppliesTo?.Principals ?? []);
        Write("resourceTypes", action.AppliesTo?.Resources ?? []);
        if (action.AppliesTo is { } applies && !IsEmptyRecord(applies.Context))
            Write("context", applies.Context);
        json.WriteEndObject();
        Write(action.Annotations);
        json.WriteEndObject();
    }

    private static bool IsEmptyRecord(TypeSyntax type) => type is TypeSyntax.RecordOf { Attributes.IsEmpty: true };

    private void Write(string name, TypeSyntax type)
    {
        json.WriteStartObject(name);
        Members(type);
        json.WriteEndObject();
    }

    private void Members(TypeSyntax type)
    {
        switch (type)
        {
            case TypeSyntax.Named { Kind: NameKind.Common } named:
                json.WriteString("type", named.Name);
                break;
            case TypeSyntax.Named { Kind: NameKind.Primitive } named:
                json.WriteString("type", named.Name == "Bool" ? "Boolean" : named.Name);
                break;
            case TypeSyntax.Named named:
                json.WriteString("type", named.Kind.ToString());
                json.WriteString("name", named.Name);
                break;
            case TypeSyntax.SetOf set:
                json.WriteString("type", "Set");
                Write("element", set.Element);
                break;
            case TypeSyntax.RecordOf record:
                json.WriteString("type", "Record");
                json.WriteStartObject("attributes");
                foreach (var attribute in record.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
                {
                    json.WriteStartObject(attribute.Name);
                    Members(attribute.Type);
                    if (!attribute.IsRequired)
                        json.WriteBoolean("required", false);
                    Write(attribute.Annotations);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                break;
        }
    }

    private void Write(string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private void Write(Annotations annotations)
    {
        if (annotations.Count == 0)
            return;
        json.WriteStartObject("annotations");
        foreach (var annotation in annotations.OrderBy(annotation => annotation.Key, StringComparer.Ordinal))
            json.WriteString(annotation.Key, annotation.Value ?? "");
        json.WriteEndObject();
    }
}
