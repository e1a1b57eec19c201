using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>x is T</c> and <c>x is T in y</c>; y is evaluated only when the type is right.</summary>
internal sealed class IsNode(SourcePosition position, Node target, EntityTypeName type, Node? container) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        if (target.Evaluate(frame) is not { } value)
            return null;
        if (value is not EntityValue entity)
            return frame.Fail(Position, Fault.WrongType("an entity", value));
        var isOfType = entity.Uid.Type.Equals(type);
        if (!isOfType || container is null)
            return BoolValue.Of(isOfType);
        if (container.Evaluate(frame) is not { } group)
            return null;
        var found = Operators.Apply(BinaryOperator.In, value, group, frame.Entities, out var fault);
        return fault is null ? found : frame.Fail(Position, fault);
    }
}
