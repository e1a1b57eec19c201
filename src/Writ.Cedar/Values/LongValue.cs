namespace Writ.Cedar.Values;

/// <summary>A signed 64-bit integer.</summary>
/// <param name="Value">The integer.</param>
public sealed record LongValue(long Value) : Value
{
    /// <inheritdoc/>
    public override string TypeName => "long";

    // Both halves are mixed: with the framework's xor of them, an agent could send a set of integers that all collide.
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((int)Value, (int)(Value >> 32));
}
