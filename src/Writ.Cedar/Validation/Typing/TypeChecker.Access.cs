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
        if (target.Type is null)
            return Answer.Wrong();
        if (types.Attribute(target.Type, expr.Name) is not { } attribute)
        {
            report(
                FindingKind.UnknownAttribute,
                expr.Position,
                types.MayHave(target.Type, expr.Name)
                    ? $"not every {target.Type} has an attribute {SchemaPrinter.Word(expr.Name)} of one type"
                    : $"{target.Type} has no attribute {SchemaPrinter.Word(expr.Name)}{types.Suggest(target.Type, expr.Name)}");
            return Answer.Wrong();
        }

        if (attribute.IsRequired || known.Contains(new Capability(expr.Target, expr.Name, null)))
            return Answer.Right(attribute.Type).After(target);
        report(FindingKind.UnguardedAccess, expr.Position, $"the attribute {SchemaPrinter.Word(expr.Name)} of {target.Type} is optional: test for it first, with `has`");
        return Answer.Wrong(attribute.Type);
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
        if (target.Type is null)
            return Answer.Wrong(Ty.AnyBool);
        var capability = new Capability(expr, name, null);
        if (types.Attribute(target.Type, name) is { } attribute)
        {
            // An entity that does not exist has not even its required attributes.
            var isCertain = known.Contains(capability) || (attribute.IsRequired && target.Type is Ty.Record);
            return new Answer(isCertain ? Ty.True : Ty.AnyBool, true, [capability]).After(target);
        }

        return Answer.Right(types.MayHave(target.Type, name) ? Ty.AnyBool : Ty.False).After(target);
    }

    private Answer HasTag(ImmutableHashSet<Capability> known, BinaryExpr expr)
    {
        var target = Expect(known, expr.Left, Expectation.Entity);
        var key = Expect(known, expr.Right, Expectation.String);
        if (target.Type is not Ty.Entity entity)
            return Answer.Wrong();
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
            return Answer.Right(joined).After(target).After(key);
        report(FindingKind.UnknownAttribute, expr.Position, $"{entity} is declared without tags");
        return Answer.Wrong();
    }
}
