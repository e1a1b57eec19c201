using System.Collections.Immutable;
using Writ.Cedar.Expressions;
using Writ.Cedar.Schemas;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Validation.Typing;

/// <summary>Attributes and tags, and the tests that make reading them safe.</summary>
internal sealed partial class TypeChecker
{
    private Answer Attribute(ImmutableHashSet<Capability> known, AttributeExpr expr)
    {
        var target = Expect(known, expr.Target, Expectation.EntityOrRecord);
        if (target.Type is not { } type)
            return Answer.Wrong();
        target = LookInto(target, expr);
        if (types.Attribute(type, expr.Name) is not { } attribute)
        {
            report(
                FindingKind.UnknownAttribute,
                expr.Position,
                types.MayHave(type, expr.Name)
                    ? $"not every {type} has an attribute {SchemaPrinter.Word(expr.Name)} of one type"
                    : $"{type} has no attribute {SchemaPrinter.Word(expr.Name)}{types.Suggest(type, expr.Name)}");
            return Answer.Wrong();
        }

        if (attribute.IsRequired || known.Contains(new Capability(expr.Target, expr.Name, null)))
            return (Answer.Right(attribute.Type) with { Level = target.Level }).After(target);
        report(FindingKind.UnguardedAccess, expr.Position, $"the attribute {SchemaPrinter.Word(expr.Name)} of {type} is optional: test for it first, with `has`");
        return Answer.Wrong(attribute.Type) with { Level = target.Level };
    }

    // What follows when something of the value is asked for: an entity is looked into, a record is just there, and actions are known from the schema.
    private Answer LookInto(Answer target, Expr expr)
    {
        if (target.Type is not Ty.Entity entity || entity.Names.All(name => name.IsAction))
            return target;
        if (maxLevel is { } most && target.Level >= most)
        {
            report(FindingKind.TooDeep, expr.Position, target.Level == Answer.Named
                ? "an entity that the policy names cannot be looked into: a request need not bring it along"
                : $"this looks into {target.Level + 1} {(target.Level == 0 ? "entity" : "entities, one behind another")}, and at most {most} {(most == 1 ? "is" : "are")} at hand");
            target = target.After(false);
        }

        return target with { Level = target.Level == Answer.Named ? Answer.Named : target.Level + 1 };
    }

    // x has a.b.c is x has a && x.a has b && x.a.b has c.
    private Answer Has(ImmutableHashSet<Capability> known, HasExpr expr)
    {
        if (expr.Target.Height + expr.Path.Length > ParseOptions.HeightBound)
        {
            report(FindingKind.TooComplex, expr.Position, $"the path is longer than {ParseOptions.HeightBound} attributes");
            return Answer.Wrong(Ty.AnyBool);
        }

        var target = expr.Target;
        var answer = Has(known, Expect(known, target, Expectation.EntityOrRecord), target, expr.Path[0]);
        for (var i = 1; i < expr.Path.Length; i++)
        {
            target = new AttributeExpr(target, expr.Path[i - 1]) { Position = expr.Position };
            answer = And(answer, known, (given, next) => Has(given, Expect(given, next.target, Expectation.EntityOrRecord), next.target, next.name), (target, name: expr.Path[i]));
        }

        return answer;
    }

    private Answer Has(ImmutableHashSet<Capability> known, Answer target, Expr expr, string name)
    {
        if (target.Type is not { } type)
            return Answer.Wrong(Ty.AnyBool);
        target = LookInto(target, expr);
        var capability = new Capability(expr, name, null);
        if (types.Attribute(type, name) is { } attribute)
        {
            // An entity that does not exist has not even its required attributes.
            var isCertain = known.Contains(capability) || (attribute.IsRequired && type is Ty.Record);
            return new Answer(isCertain ? Ty.True : Ty.AnyBool, true, [capability]).After(target);
        }

        return Answer.Right(types.MayHave(type, name) ? Ty.AnyBool : Ty.False).After(target);
    }

    private Answer HasTag(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var target = Expect(known, expr.Left, Expectation.Entity);
        var key = Expect(known, expr.Right, Expectation.String);
        if (target.Type is not Ty.Entity entity)
            return Answer.Wrong();
        target = LookInto(target, expr);
        var capability = new Capability(expr.Left, null, expr.Right);
        var type = !types.Tags(entity).Any() ? Ty.False : known.Contains(capability) ? Ty.True : Ty.AnyBool;
        return new Answer(type, true, [capability]).After(target).After(key);
    }

    private Answer GetTag(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var target = Expect(known, expr.Left, Expectation.Entity);
        var key = Expect(known, expr.Right, Expectation.String);
        if (target.Type is not Ty.Entity entity)
            return Answer.Wrong();
        target = LookInto(target, expr);
        if (!known.Contains(new Capability(expr.Left, null, expr.Right)))
        {
            report(FindingKind.UnguardedAccess, expr.Position, $"{entity} may not have the tag: test for it first, with `hasTag` of the same key");
            return Answer.Wrong();
        }

        Ty? joined = null;
        foreach (var tags in types.Tags(entity))
        {
            var next = joined is null ? tags : relations.Join(joined, tags);
            if (next is null)
            {
                report(FindingKind.IncompatibleTypes, expr.Position, $"the tags of {entity} are of types that do not meet: {joined} and {tags}");
                return Answer.Wrong();
            }

            joined = next;
        }

        if (joined is not null)
            return (Answer.Right(joined) with { Level = target.Level }).After(target).After(key);
        report(FindingKind.UnknownAttribute, expr.Position, $"{entity} is declared without tags");
        return Answer.Wrong();
    }
}
