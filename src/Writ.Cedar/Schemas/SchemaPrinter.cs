using System.Text;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Schemas;

/// <summary>Writes the text form of a schema.</summary>
internal sealed class SchemaPrinter
{
    private readonly SchemaDocument _document;
    private readonly SchemaNames _names = new();
    private readonly SchemaFaults _faults = new();
    private readonly StringBuilder _text = new();
    private NamespaceDeclaration _space = new();

    public SchemaPrinter(SchemaDocument document)
    {
        _document = document;
        _names.Declare(document.Namespaces, new SchemaFaults());
    }

    /// <summary>A name of an attribute or action: bare where it can be.</summary>
    public static string Word(string name) => Identifier.IsUsable(name) ? name : StringLiteral.Quote(name);

    public ParseResult<string> Print()
    {
        foreach (var space in _document.Namespaces)
        {
            _space = space;
            var indent = "";
            if (space.Name.Length > 0)
            {
                Annotations(space.Annotations, "");
                _text.Append("namespace ").Append(space.Name).Append(" {\n");
                indent = "  ";
            }

            foreach (var type in space.CommonTypes)
            {
                Annotations(type.Annotations, indent);
                _text.Append(indent).Append("type ").Append(type.Name).Append(" = ");
                Type(type.Type, indent, type.Position);
                _text.Append(";\n");
            }

            foreach (var entity in space.EntityTypes)
                Entity(entity, indent);
            foreach (var action in space.Actions)
                Action(action, indent);
            if (space.Name.Length > 0)
                _text.Append("}\n");
        }

        return _faults.Any ? new ParseResult<string>.Failure(_faults.All) : new ParseResult<string>.Success(_text.ToString());
    }

    private void Entity(EntityDeclaration entity, string indent)
    {
        Annotations(entity.Annotations, indent);
        _text.Append(indent).Append("entity ").Append(entity.Name);
        if (!entity.EnumIds.IsEmpty)
        {
            _text.Append(" enum [").AppendJoin(", ", entity.EnumIds.Select(StringLiteral.Quote)).Append("];\n");
            return;
        }

        if (!entity.MemberOf.IsEmpty)
            _text.Append(" in [").AppendJoin(", ", entity.MemberOf).Append(']');
        if (entity.Shape is not TypeSyntax.RecordOf shape)
        {
            _faults.Add(_space, entity.Position, $"the attributes of `{entity.Name}` are an alias, which only JSON can say: write the record out");
        }
        else if (!shape.Attributes.IsEmpty)
        {
            _text.Append(" = ");
            Type(shape, indent, entity.Position);
        }

        if (entity.Tags is not null)
        {
            _text.Append(" tags ");
            Type(entity.Tags, indent, entity.Position);
        }

        _text.Append(";\n");
    }

    private void Action(ActionDeclaration action, string indent)
    {
        Annotations(action.Annotations, indent);
        _text.Append(indent).Append("action ").Append(Word(action.Name));
        if (!action.MemberOf.IsEmpty)
        {
            var groups = action.MemberOf.Select(group => group.Type is null ? Word(group.Id) : $"{group.Type}::{StringLiteral.Quote(group.Id)}");
            _text.Append(" in [").AppendJoin(", ", groups).Append(']');
        }

        // The text has no empty lists; an action without a principal or resource has no requests, whatever else it says.
        if (action.AppliesTo is { Principals.IsEmpty: false, Resources.IsEmpty: false } applies)
        {
            _text.Append(" appliesTo {\n").Append(indent).Append("  principal: [").AppendJoin(", ", applies.Principals);
            _text.Append("],\n").Append(indent).Append("  resource: [").AppendJoin(", ", applies.Resources).Append("],\n");
            _text.Append(indent).Append("  context: ");
            if (applies.Context is TypeSyntax.SetOf or TypeSyntax.Named { Kind: NameKind.Entity or NameKind.Extension or NameKind.Primitive })
                _faults.Add(_space, action.Position, $"the context of {Word(action.Name)} is neither a record nor the name of one");
            Type(applies.Context, indent + "  ", action.Position);
            _text.Append('\n').Append(indent).Append('}');
        }

        _text.Append(";\n");
    }

    private void Type(TypeSyntax type, string indent, SourcePosition position)
    {
        switch (type)
        {
            case TypeSyntax.Any or TypeSyntax.RecordOf { IsOpen: true }:
                _faults.Add(_space, position, "a type that leaves something open cannot be written in Cedar");
                break;
            case TypeSyntax.SetOf set:
                _text.Append("Set<");
                Type(set.Element, indent, position);
                _text.Append('>');
                break;
            case TypeSyntax.RecordOf { Attributes: { IsEmpty: false } attributes }:
                _text.Append("{\n");
                var deeper = indent.Length < 40 ? indent + "  " : indent;
                foreach (var attribute in attributes)
                {
                    Annotations(attribute.Annotations, deeper);
                    _text.Append(deeper).Append(Word(attribute.Name)).Append(attribute.IsRequired ? ": " : "?: ");
                    Type(attribute.Type, deeper, position);
                    _text.Append(",\n");
                }

                _text.Append(indent).Append('}');
                break;
            case TypeSyntax.RecordOf:
                _text.Append("{}");
                break;
            case TypeSyntax.Named named:
                Named(named, position);
                break;
        }
    }

    private void Named(TypeSyntax.Named named, SourcePosition position)
    {
        if (named.Kind is NameKind.Primitive or NameKind.Extension)
            _text.Append("__cedar::");
        else if (named.Kind == NameKind.Entity && _names.EntityOrCommon(_space.Name, named.Name) is (_, true))
            _faults.Add(_space, position, $"`{named.Name}` names an entity type that a common type hides, which only JSON can say: rename one of them");
        _text.Append(named.Name);
    }

    private void Annotations(Annotations annotations, string indent)
    {
        foreach (var annotation in annotations)
        {
            _text.Append(indent).Append('@').Append(annotation.Key);
            if (annotation.Value is not null)
                _text.Append('(').Append(StringLiteral.Quote(annotation.Value)).Append(')');
            _text.Append('\n');
        }
    }
}
