using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;
using Writ.Cedar.Values;

namespace Writ.Cedar.Validation;

/// <summary>Whether values are of the types that a schema declares. Reports each place that is not.</summary>
internal sealed class Conformance(Schema schema, Findings findings)
{
    /// <summary>Checks a record against its type.</summary>
    /// <param name="where">What holds the record, for messages.</param>
    public void Record(RecordValue value, SchemaType.Record type, string where)
    {
        foreach (var (name, attribute) in type.Attributes)
        {
            if (value.TryGet(name, out var held))
                Value(held, attribute.Type, $"{where}.{SchemaPrinter.Word(name)}");
            else if (attribute.IsRequired)
                findings.Add(FindingKind.MissingAttribute, $"{where} lacks the attribute {SchemaPrinter.Word(name)}, which must be {attribute.Type}");
        }

        foreach (var name in value.Names)
        {
            if (!type.IsOpen && !type.Attributes.ContainsKey(name))
                findings.Add(FindingKind.UnknownAttribute, $"{where} has an attribute {SchemaPrinter.Word(name)} that the schema does not declare{findings.Suggestions.For($"attribute {where} {name}", () => Suggestion.For(name, type.Attributes.Keys))}");
        }
    }

    public void Value(Value value, SchemaType type, string where)
    {
        switch (type, value)
        {
            case (SchemaType.Record record, RecordValue held):
                Record(held, record, where);
                break;
            case (SchemaType.Set set, SetValue held):
                foreach (var element in held.Elements)
                    Value(element, set.Element, where + "[]");
                break;
            case (SchemaType.Entity entity, EntityValue held) when entity.Name.Equals(held.Uid.Type):
                Entity(held.Uid, where);
                break;
            case (SchemaType.Any, not EntityValue):
            case (SchemaType.Bool, BoolValue) or (SchemaType.Long, LongValue) or (SchemaType.String, StringValue):
            case (SchemaType.Extension { Kind: ExtensionType.Decimal }, DecimalValue) or (SchemaType.Extension { Kind: ExtensionType.Ipaddr }, IpValue):
            case (SchemaType.Extension { Kind: ExtensionType.Datetime }, DatetimeValue) or (SchemaType.Extension { Kind: ExtensionType.Duration }, DurationValue):
                break;
            default:
                findings.Add(FindingKind.WrongType, $"{where} must be {type}, and is a {value.TypeName}");
                break;
        }
    }

    /// <summary>Checks that an entity which is referred to can exist: an action is declared, an id of an enumerated type is listed.</summary>
    public void Entity(EntityUid uid, string where)
    {
        if (uid.Type.IsAction)
        {
            if (!schema.Actions.ContainsKey(uid))
                findings.Add(FindingKind.UnknownAction, $"{where} is {uid}, an action that the schema does not declare{Names.SuggestAction(schema, uid, findings.Suggestions)}");
        }
        else if (schema.EntityTypes.TryGetValue(uid.Type, out var type) && type.IsEnum && !type.EnumIds.Contains(uid.Id))
        {
            findings.Add(FindingKind.UnknownEnumId, $"{where} is {uid}, and {uid.Type} has no such id{Names.SuggestId(type, uid, findings.Suggestions)}");
        }
    }
}
