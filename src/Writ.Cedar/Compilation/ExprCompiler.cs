using System.Collections.Immutable;
using Writ.Cedar.Compilation.Nodes;
using Writ.Cedar.Expressions;

namespace Writ.Cedar.Compilation;

/// <summary>Turns expressions into nodes. What no request can change is computed here, once; what would fail is left to fail when it is evaluated.</summary>
internal sealed class ExprCompiler(SlotLayout slots)
{
    public Node Compile(Expr expr) => expr switch
    {
        LiteralExpr literal => new ConstantNode(expr.Position, literal.Value),
        VariableExpr variable => new VariableNode(expr.Position, variable.Variable),
        BinaryExpr binary => Binary(binary, Compile(binary.Left), Compile(binary.Right)),
        AttributeExpr attribute => new AttributeNode(expr.Position, Compile(attribute.Target), attribute.Name, slots.Of(attribute)),
        UnaryExpr unary => Unary(unary, Compile(unary.Operand)),
        HasExpr has => new HasNode(expr.Position, Compile(has.Target), has.Path),
        IsExpr type => new IsNode(expr.Position, Compile(type.Target), type.Type, type.Container is null ? null : Compile(type.Container)),
        LikeExpr like => new LikeNode(expr.Position, Compile(like.Target), like.Pattern),
        IfExpr choice => new IfNode(expr.Position, Compile(choice.Condition), Compile(choice.Then), Compile(choice.Else)),
        CallExpr { Constant: { } constant } => new ConstantNode(expr.Position, constant),
        CallExpr call => Call(call, [.. call.Arguments.Select(Compile)]),
        SetExpr set => Set(set, [.. set.Elements.Select(Compile)]),
        RecordExpr record => Record(record, [.. record.Attributes.Select(a => KeyValuePair.Create(a.Key, Compile(a.Value)))]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Node Unary(UnaryExpr expr, Node operand) => expr.Operator == UnaryOperator.Not
        ? new NotNode(expr.Position, operand)
        : Fold(new UnaryNode(expr.Position, expr.Operator, operand), operand.Constant is not null);

    private static Node Binary(BinaryExpr expr, Node left, Node right)
    {
        var known = left.Constant is not null && right.Constant is not null;
        switch (expr.Operator)
        {
            case BinaryOperator.And or BinaryOperator.Or:
                return new LogicNode(expr.Position, expr.Operator == BinaryOperator.Or, left, right);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                return Fold(new EqualNode(expr.Position, expr.Operator, left, right), known);
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return Fold(new CompareNode(expr.Position, expr.Operator, left, right), known);
            case BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply:
                return Fold(new ArithmeticNode(expr.Position, expr.Operator, left, right), known);
            case BinaryOperator.Contains or BinaryOperator.ContainsAll or BinaryOperator.ContainsAny:
                return Fold(new OperatorNode(expr.Position, expr.Operator, left, right), known);
            default:
                // What an entity is in and which tags it has depends on the store.
                return new OperatorNode(expr.Position, expr.Operator, left, right);
        }
    }

    private static Node Call(CallExpr expr, ImmutableArray<Node> arguments) =>
        Fold(new CallNode(expr.Position, expr.Function, arguments), arguments.All(a => a.Constant is not null));

    private static Node Set(SetExpr expr, ImmutableArray<Node> elements) =>
        Fold(new SetNode(expr.Position, elements), elements.All(e => e.Constant is not null));

    private static Node Record(RecordExpr expr, ImmutableArray<KeyValuePair<string, Node>> attributes) =>
        Fold(new RecordNode(expr.Position, attributes), attributes.All(a => a.Value.Constant is not null));

    private static Node Fold(Node node, bool isKnown) =>
        isKnown && node.Evaluate(new Frame()) is { } value ? new ConstantNode(node.Position, value) : node;
}
