using System.Collections.Immutable;

namespace Writ.Cedar.Validation.Typing;

/// <summary>What checking an expression gave.</summary>
/// <param name="Type">The type; null when there is none. An expression with a fault may have one all the same.</param>
/// <param name="IsRight">Whether no fault was found in it.</param>
/// <param name="Shown">What holds when it evaluates to true.</param>
internal readonly record struct Answer(Ty? Type, bool IsRight, ImmutableHashSet<Capability> Shown)
{
    /// <summary>The level of an entity that a policy names, which no request brings with it.</summary>
    public const int Named = int.MaxValue;

    /// <summary>How many entities were looked into, one behind another, to come to the value; <see cref="Named"/> when the policy names it.</summary>
    public int Level { get; init; }

    public static Answer Right(Ty type) => new(type, true, []);

    public static Answer Wrong(Ty? type = null) => new(type, false, []);

    /// <summary>This answer, wrong when a part of the expression was.</summary>
    public Answer After(bool partIsRight) => partIsRight ? this : Wrong(Type) with { Level = Level };

    public Answer After(Answer part) => After(part.IsRight);
}
