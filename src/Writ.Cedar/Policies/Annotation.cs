using Writ.Cedar.Syntax;

namespace Writ.Cedar.Policies;

/// <summary>A note on a policy, <c>@key("value")</c> or bare <c>@key</c>. It has no meaning to Cedar. Immutable.</summary>
public sealed record Annotation
{
    /// <summary>Creates an annotation.</summary>
    /// <param name="key">The key: any identifier, reserved words included.</param>
    /// <param name="value">The value; null when the annotation is bare.</param>
    /// <exception cref="ArgumentException">The key is not an identifier.</exception>
    public Annotation(string key, string? value = null)
    {
        if (!Identifier.IsWellFormed(key))
            throw new ArgumentException($"'{key}' is not an identifier.", nameof(key));
        Key = key;
        Value = value;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The value; null when the annotation is bare, which Cedar reads as an empty value.</summary>
    public string? Value { get; }
}
