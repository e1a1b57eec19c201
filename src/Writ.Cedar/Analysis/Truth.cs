namespace Writ.Cedar.Analysis;

/// <summary>When a condition is true and when it is false; where it is neither, it fails to evaluate. Immutable.</summary>
/// <param name="True">Exactly when it evaluates to true.</param>
/// <param name="False">Exactly when it evaluates to false.</param>
internal sealed record Truth(Formula True, Formula False)
{
    public static Truth Always { get; } = new(Formula.True, Formula.False);

    public static Truth Never { get; } = new(Formula.False, Formula.True);

    public static Truth Fails { get; } = new(Formula.False, Formula.False);

    public static Truth Of(bool value) => value ? Always : Never;

    public Truth Not() => new(False, True);

    // The right side is looked at only where the left one does not settle it.
    public Truth And(Truth right) => new(Formula.And(True, right.True), Formula.Or(False, Formula.And(True, right.False)));

    public Truth Or(Truth right) => new(Formula.Or(True, Formula.And(False, right.True)), Formula.And(False, right.False));

    public Truth Choose(Truth then, Truth otherwise) => new(
        Formula.Or(Formula.And(True, then.True), Formula.And(False, otherwise.True)),
        Formula.Or(Formula.And(True, then.False), Formula.And(False, otherwise.False)));
}
