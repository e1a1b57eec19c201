namespace Writ.Cedar.Values;

/// <summary>
/// Something that was there and could not be represented as a Cedar value. It is not Cedar's: it stands in contexts built by a host, so
/// that an unrepresentable argument is never mistaken for an absent one. Reading it, <c>has</c> on the attribute that holds it, and any
/// comparison that would have to look at it (also inside a set or record) are evaluation errors.
/// </summary>
public sealed record PoisonValue : Value
{
    /// <summary>Marks a value as not representable.</summary>
    /// <param name="reason">Why, for people: it is repeated in the evaluation error.</param>
    public PoisonValue(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>Why the value could not be represented.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override string TypeName => "poison";

    /// <inheritdoc/>
    public override bool HoldsPoison => true;
}
