using Writ.Cedar.Expressions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>One of the request's four variables.</summary>
internal sealed class VariableNode(SourcePosition position, Variable variable) : Node(position)
{
    public override Value Evaluate(Frame frame) => variable switch
    {
        Variable.Principal => frame.Principal,
        Variable.Action => frame.Action,
        Variable.Resource => frame.Resource,
        _ => frame.Context,
    };
}
