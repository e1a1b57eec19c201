using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation;

/// <summary>Checks entities against a schema.</summary>
internal sealed class EntityValidator(Schema schema, Findings findings)
{
    private readonly Conformance _conformance = new(schema, findings);

    public void Check(Entity entity, EntityStore store)
    {
        if (entity.Uid.Type.IsAction)
            Action(entity, store);
        else if (!schema.EntityTypes.TryGetValue(entity.Uid.Type, out var type))
            findings.Add(FindingKind.UnknownEntityType, $"{entity.Uid} is of a type that the schema does not declare{Names.SuggestType(schema, entity.Uid.Type, findings.Suggestions)}");
        else
            Check(entity, type);
    }

    private void Check(Entity entity, SchemaEntityType type)
    {
        var where = entity.Uid.ToString();
        _conformance.Entity(entity.Uid, where);
        foreach (var parent in entity.Parents)
        {
            if (type.Ancestors.Contains(parent.Type))
                _conformance.Entity(parent, $"a parent of {where}");
            else
                findings.Add(FindingKind.WrongParent, $"{where} is in {parent}, but {type.Name} is not declared to be in {parent.Type}");
        }

        _conformance.Record(entity.Attributes, type.Shape, where);
        if (type.Tags is null)
        {
            if (entity.Tags.Count > 0)
                findings.Add(FindingKind.UnknownAttribute, $"{where} has tags, but {type.Name} is declared without");
            return;
        }

        foreach (var (name, value) in entity.Tags.Attributes)
            _conformance.Value(value, type.Tags, $"the tag {SchemaPrinter.Word(name)} of {where}");
    }

    // What the schema says of an action is all there is to say.
    private void Action(Entity entity, EntityStore store)
    {
        if (!schema.Actions.TryGetValue(entity.Uid, out var action))
        {
            findings.Add(FindingKind.UnknownAction, $"{entity.Uid} is an action that the schema does not declare{Names.SuggestAction(schema, entity.Uid, findings.Suggestions)}");
            return;
        }

        if (entity.Attributes.Count > 0 || entity.Tags.Count > 0)
            findings.Add(FindingKind.UnknownAttribute, $"{entity.Uid} has attributes or tags, which no action has");
        foreach (var parent in entity.Parents)
        {
            if (!action.Ancestors.Contains(parent))
                findings.Add(FindingKind.WrongParent, $"{entity.Uid} is in {parent}, which the schema does not say");
        }

        foreach (var group in action.Ancestors)
        {
            if (!store.IsIn(entity.Uid, group))
                findings.Add(FindingKind.WrongParent, $"{entity.Uid} is not in {group}, where the schema puts it");
        }
    }
}
