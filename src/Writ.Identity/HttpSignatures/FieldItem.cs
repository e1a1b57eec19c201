using System.Collections.Immutable;
using System.Text;

namespace Writ.Identity.HttpSignatures;

/// <summary>A value with its parameters, or (with <see cref="Items"/>) an inner list with its own. Immutable.</summary>
internal sealed record FieldItem(BareItem? Value, ImmutableArray<FieldItem> Items, ImmutableArray<KeyValuePair<string, BareItem>> Parameters)
{
    /// <summary>A parameter; null where there is none.</summary>
    public BareItem? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
        {
            if (key == name)
                return value;
        }

        return null;
    }

    /// <summary>The one way to write it (RFC 9651 section 4.1).</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Value is not null)
            text.Append(Value);
        else
            text.Append('(').AppendJoin(' ', Items).Append(')');
        foreach (var (key, value) in Parameters)
        {
            text.Append(';').Append(key);
            if (value is not BareItem.Flag { Value: true })
                text.Append('=').Append(value);
        }

        return text.ToString();
    }
}
