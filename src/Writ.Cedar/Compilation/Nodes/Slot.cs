using Writ.Cedar.Values;

namespace Writ.Cedar.Compilation.Nodes;

/// <summary>The value of an attribute path in one request, once it was read: every other policy that reads the path finds it here.</summary>
internal struct Slot
{
    /// <summary>The value; null until it was read. A path that cannot be read is asked for anew, for its fault names a place in the policy.</summary>
    public Value? Value;

    /// <summary>The value as a number.</summary>
    public long Number;

    /// <summary>Whether the value is a number; <see cref="Reading.Fault"/> until it was read.</summary>
    public Reading Reading;
}
