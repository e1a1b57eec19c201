namespace Writ.Identity.HttpSignatures;

/// <summary>A part of a message that a signature covers (RFC 9421 section 2), as the signature names it. Immutable.</summary>
public sealed class SignatureComponent : IEquatable<SignatureComponent>
{
    private readonly string _text;

    internal SignatureComponent(FieldItem item)
    {
        Item = item;
        _text = item.ToString();
        Name = item.Value is BareItem.Text { Value: var name } ? name : "";
    }

    /// <summary>The name: of a field, in lower case, or of a derived component, with <c>@</c>.</summary>
    public string Name { get; }

    internal FieldItem Item { get; }

    internal bool IsPlain => Item.Parameters.IsEmpty;

    /// <summary>A component without parameters.</summary>
    public static SignatureComponent Of(string name) => new(new FieldItem(new BareItem.Text(name), [], []));

    /// <summary>A component of the request that a response answers.</summary>
    public static SignatureComponent OfRequest(string name) => new(new FieldItem(new BareItem.Text(name), [], [new("req", new BareItem.Flag(true))]));

    /// <summary>Equality of what they name.</summary>
    public bool Equals(SignatureComponent? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SignatureComponent);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>As the signature base has it: quoted, with its parameters.</summary>
    public override string ToString() => _text;
}
