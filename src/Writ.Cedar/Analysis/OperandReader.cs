using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis;

/// <summary>Says what operands are in every request of a space. Thread safe.</summary>
internal sealed class OperandReader(RequestSpace space)
{
    public Meaning Of(Expr expr)
    {
        switch (expr)
        {
            case LiteralExpr literal:
                return new Meaning.Known(literal.Value);
            case VariableExpr { Variable: Variable.Action }:
                return new Meaning.Known(space.Action);
            case VariableExpr { Variable: Variable.Resource }:
                return new Meaning.Known(space.Resource);
            case VariableExpr variable:
                return new Meaning.Read(Term.Of(variable.Variable));
            case AttributeExpr attribute:
                return Of(attribute.Target) switch
                {
                    Meaning.Read read => Place(Member(read.Term, attribute.Name)),
                    Meaning.Known known when !CanTell(known.Value) => new Meaning.Other(),
                    Meaning.Known known when Attributes.Read(known.Value, attribute.Name, space.Entities, out _) is { } value => new Meaning.Known(value),
                    Meaning.Known or Meaning.Failing or Meaning.Shifted => new Meaning.Failing(),
                    _ => new Meaning.Other(),
                };
            case CallExpr { Constant: { } constant }:
                return new Meaning.Known(constant);
            case BinaryExpr { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum:
                return Sum(sum);
            case SetExpr set:
                var elements = set.Elements.Select(Of).ToArray();
                return elements.All(element => element is Meaning.Known)
                    ? new Meaning.Known(SetValue.Of(elements.Select(element => ((Meaning.Known)element).Value)))
                    : new Meaning.Other();
            case UnaryExpr { Operator: UnaryOperator.Negate } minus when Of(minus.Operand) is Meaning.Known { Value: LongValue number } && number.Value != long.MinValue:
                return new Meaning.Known(-number.Value);
            default:
                return new Meaning.Other();
        }
    }

    /// <summary>Whether the attributes of a value are those of every request; of an entity that no store lists, nothing is known.</summary>
    public bool CanTell(Value value) => value is not EntityValue entity || IsListed(entity.Uid);

    /// <summary>Whether the store lists the entity.</summary>
    public bool IsListed(EntityUid uid) => space.Entities.TryGet(uid, out _);

    /// <summary>An attribute of a place, or the place that it always copies.</summary>
    public Term Member(Term term, string name)
    {
        var member = term.Member(name);
        if (!space.Copies.TryGetValue(member.Path, out var original))
            return member;
        var parts = original.Split('.');
        return parts.Skip(1).Aggregate(Term.Of(Enum.Parse<Variable>(parts[0], ignoreCase: true)), (place, part) => place.Member(part));
    }

    /// <summary>What stands in a place.</summary>
    public Meaning Place(Term term) =>
        space.Attributes.TryGetValue(term.Path, out var domain) && domain is { Required: true, MayBePoison: false, OneOf: [var only] }
            ? new Meaning.Known(only)
            : new Meaning.Read(term);

    private Meaning Sum(BinaryExpr sum)
    {
        var sign = sum.Operator == BinaryOperator.Add ? 1 : -1;
        return (Of(sum.Left), Of(sum.Right)) switch
        {
            (Meaning.Known a, Meaning.Known b) => Operators.Apply(sum.Operator, a.Value, b.Value, space.Entities, out _) is { } value ? new Meaning.Known(value) : new Meaning.Failing(),
            (Meaning.Read read, Meaning.Known { Value: LongValue by }) => new Meaning.Shifted(read.Term, sign * (Int128)by.Value),
            (Meaning.Known { Value: LongValue by }, Meaning.Read read) when sign > 0 => new Meaning.Shifted(read.Term, by.Value),
            _ => new Meaning.Other(),
        };
    }
}
