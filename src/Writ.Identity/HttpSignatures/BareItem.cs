using System.Globalization;

namespace Writ.Identity.HttpSignatures;

/// <summary>A value of a structured field (RFC 9651 section 3.3): of its kinds those that signatures use. Immutable.</summary>
internal abstract record BareItem
{
    private BareItem()
    {
    }

    /// <summary>An integer of at most fifteen digits.</summary>
    public sealed record Integer(long Value) : BareItem
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A string of printable ASCII.</summary>
    public sealed record Text(string Value) : BareItem
    {
        public override string ToString() => $"\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A word without quotes.</summary>
    public sealed record Token(string Value) : BareItem
    {
        public override string ToString() => Value;
    }

    /// <summary>A byte sequence.</summary>
    public sealed record Binary(ReadOnlyMemory<byte> Value) : BareItem
    {
        public override string ToString() => $":{Convert.ToBase64String(Value.Span)}:";
    }

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : BareItem
    {
        public override string ToString() => Value ? "?1" : "?0";
    }
}
