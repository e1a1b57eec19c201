using System.Collections.Immutable;
using Writ.Cedar.Extensions;
using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>A call of an extension function; with the one or two arguments that all of them take, they stay on the stack.</summary>
internal sealed class CallNode(SourcePosition position, ExtensionFunction function, ImmutableArray<Node> arguments) : Node(position)
{
    public override Value? Evaluate(Frame frame)
    {
        Value? value;
        Fault? fault;
        switch (arguments.Length)
        {
            case 1:
                if (arguments[0].Evaluate(frame) is not { } only)
                    return null;
                value = function.Call([only], out fault);
                break;
            case 2:
                if (arguments[0].Evaluate(frame) is not { } first || arguments[1].Evaluate(frame) is not { } second)
                    return null;
                value = function.Call([first, second], out fault);
                break;
            default:
                var all = new Value[arguments.Length];
                for (var i = 0; i < all.Length; i++)
                {
                    if (arguments[i].Evaluate(frame) is not { } argument)
                        return null;
                    all[i] = argument;
                }

                value = function.Call(all, out fault);
                break;
        }

        return fault is null ? value : frame.Fail(Position, fault);
    }
}
