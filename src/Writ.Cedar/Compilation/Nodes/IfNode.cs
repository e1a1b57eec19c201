using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary><c>if x then y else z</c>; only the branch that is taken is evaluated.</summary>
internal sealed class IfNode(SourcePosition position, Node condition, Node then, Node otherwise) : Node(position)
{
    public override Value? Evaluate(Frame frame) => condition.Test(frame) switch
    {
        Truth.True => then.Evaluate(frame),
        Truth.False => otherwise.Evaluate(frame),
        _ => null,
    };

    public override Reading Read(Frame frame, out long number, out Value? other)
    {
        switch (condition.Test(frame))
        {
            case Truth.True:
                return then.Read(frame, out number, out other);
            case Truth.False:
                return otherwise.Read(frame, out number, out other);
            default:
                (number, other) = (0, null);
                return Reading.Fault;
        }
    }
}
