using System.Collections.Immutable;
using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Policies;
using Writ.Cedar.Values;

namespace Writ.Cedar.Tests.Generation;

/// <summary>
/// Makes policies, entities and requests from a seed. They draw on few names, so that they often concern each other, and on strings and
/// integers at the edges of what can be written.
/// </summary>
internal sealed class PolicyGenerator(int seed)
{
    private static readonly string[] Strings =
        ["", "a", "b", "x y", "if", "in", "__cedar", "\"", "\\", "*", "\n\r\t\0", "é", "日本", "\u202e", "\U0001f600", "a*b", "\u00a0", "User::\"x\"", "\u200b", "'"];

    private static readonly string[] Names = ["a", "b", "c", "in", "has space", "principal", "_x1", ""];
    private static readonly string[] Identifiers = ["a", "b", "c", "principal", "when", "_x1"];
    private static readonly string[] Types = ["User", "Group", "N::Photo", "principal", "Action"];
    private static readonly long[] Longs = [0, 1, -1, 2, 7, long.MaxValue, long.MinValue, (1L << 53) + 1, -((1L << 53) + 1)];
    private static readonly ExtensionFunction[] Functions = [.. ExtensionFunction.All.OrderBy(function => function.Name, StringComparer.Ordinal)];

    private static readonly string[] Extensions =
        ["1.5", "0.0001", "-3.25", "10.0.0.0/8", "10.1.2.3", "::1", "ff00::/8", "2024-02-29", "1969-12-31T23:59:59.999Z", "1h", "-1d2h3m4s5ms", "nonsense"];

    private readonly Random _random = new(seed);

    public PolicySet Set(int policies)
    {
        var bodies = Enumerable.Range(0, policies).Select(_ => Body()).ToList();
        var plain = bodies.Where(body => !body.IsTemplate).Select((body, i) => new Policy(new PolicyId($"p{i}"), body)).ToList();
        var templates = bodies.Where(body => body.IsTemplate).Select((body, i) => new Template(new PolicyId($"t{i}"), body)).ToList();
        foreach (var template in templates)
        {
            var linked = template.Link(new PolicyId($"l{template.Id}"), template.Body.HasPrincipalSlot ? Uid() : null, template.Body.HasResourceSlot ? Uid() : null);
            plain.Add(Assert.IsType<ParseResult<Policy>.Success>(linked).Value);
        }

        return Assert.IsType<ParseResult<PolicySet>.Success>(PolicySet.Create(plain, templates)).Value;
    }

    public Policy StaticPolicy(string id, Effect effect)
    {
        while (true)
        {
            if (Body() is { IsTemplate: false } body)
                return new Policy(new PolicyId(id), body with { Effect = effect });
        }
    }

    public PolicyBody Body() => new()
    {
        Effect = Chance(3) ? Effect.Forbid : Effect.Permit,
        Annotations = new Annotations(Enumerable.Range(0, _random.Next(3)).Select(_ => new Annotation(Pick([.. Identifiers, "if"]), Chance(3) ? null : Text())).DistinctBy(a => a.Key)),
        Principal = Scope(),
        Action = _random.Next(5) switch
        {
            0 => new ActionScope.Equal(Action()),
            1 => new ActionScope.In(Action()),
            2 => new ActionScope.InAny([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Action())]),
            _ => new ActionScope.Any(),
        },
        Resource = Scope(),
        Conditions = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new Condition(Chance(4) ? ConditionKind.Unless : ConditionKind.When, Expr(4)))],
    };

    public Expr Expr(int depth)
    {
        if (depth == 0 || Chance(6))
            return Leaf();
        var next = depth - 1;
        switch (_random.Next(13))
        {
            case 0:
                return new UnaryExpr(Pick<UnaryOperator>([UnaryOperator.Not, UnaryOperator.Negate, UnaryOperator.IsEmpty]), Expr(next));
            case 1:
                return new IfExpr(Expr(next), Expr(next), Expr(next));
            case 2:
                return new AttributeExpr(Expr(next), Pick(Names));
            case 3:
                return Chance(2) ? new HasExpr(Expr(next), Pick(Names)) : new HasExpr(Expr(next), [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Pick(Identifiers))]);
            case 4:
                return new LikeExpr(Expr(next), new LikePattern([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Text())]));
            case 5:
                return new IsExpr(Expr(next), EntityTypeName.Parse(Pick(Types)), Chance(2) ? Expr(next) : null);
            case 6:
                return new SetExpr([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Expr(next))]);
            case 7:
                return new RecordExpr([.. Enumerable.Range(0, _random.Next(4)).Select(_ => KeyValuePair.Create(Pick(Names), Expr(next))).DistinctBy(a => a.Key)]);
            case 8:
                var function = Pick(Functions);
                return new CallExpr(function, [.. Enumerable.Range(0, function.Arity).Select(_ => Chance(2) ? new LiteralExpr(Pick(Extensions)) : Expr(next))]);
            default:
                return new BinaryExpr((BinaryOperator)_random.Next(Enum.GetValues<BinaryOperator>().Length), Expr(next), Expr(next));
        }
    }

    public Value Value(int depth) => _random.Next(depth > 0 ? 10 : 8) switch
    {
        0 => _random.Next(2) == 0,
        1 => Pick(Longs),
        2 => Text(),
        3 => Uid(),
        4 => new DecimalValue(Pick(Longs)),
        5 => new DatetimeValue(Pick(Longs)),
        6 => new DurationValue(Pick(Longs)),
        7 => new IpValue(true, (UInt128)_random.Next(4), 126 + _random.Next(3)),
        8 => SetValue.Of(Enumerable.Range(0, _random.Next(12)).Select(_ => Value(depth - 1))),
        _ => Record(depth - 1),
    };

    public RecordValue Record(int depth)
    {
        var builder = new RecordBuilder();
        foreach (var name in Names.Where(_ => Chance(2)))
            builder.Add(name, Value(depth));
        return builder.Build();
    }

    public EntityStore Store()
    {
        // A parent comes later in the list, so that there is no cycle.
        var uids = Enumerable.Range(0, 6).Select(_ => Uid()).Append(Action()).Distinct().ToList();
        return Cedar.Store([.. uids.Select((uid, i) => new Entity(uid, uids.Skip(i + 1).Where(_ => Chance(3)), Record(1), Record(1)))]);
    }

    public Request Request() => new(Uid(), Action(), Uid(), Record(2));

    public IEnumerable<T> Shuffled<T>(IEnumerable<T> items) => items.OrderBy(_ => _random.Next());

    private Expr Leaf() => _random.Next(6) switch
    {
        0 => new LiteralExpr(_random.Next(2) == 0),
        1 => new LiteralExpr(Pick(Longs)),
        2 => new LiteralExpr(Text()),
        3 => new LiteralExpr(Uid()),
        _ => new VariableExpr((Variable)_random.Next(4)),
    };

    private EntityScope Scope() => _random.Next(8) switch
    {
        0 => new EntityScope.Equal(Target()),
        1 => new EntityScope.In(Target()),
        2 => new EntityScope.Is(EntityTypeName.Parse(Pick(Types))),
        3 => new EntityScope.IsIn(EntityTypeName.Parse(Pick(Types)), Target()),
        _ => new EntityScope.Any(),
    };

    private ScopeTarget Target() => Chance(4) ? ScopeTarget.Slot : Uid();

    private EntityUid Uid() => new(Pick(Types), Pick(["", "a", "\"q\"\n"]));

    private EntityUid Action() => new(Chance(4) ? "N::Action" : "Action", Pick(["view", "edit", ""]));

    private string Text() => Pick(Strings) + (Chance(3) ? Pick(Strings) : "");

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
