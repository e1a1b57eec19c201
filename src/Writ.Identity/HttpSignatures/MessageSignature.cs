using System.Collections.Immutable;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;

namespace Writ.Identity.HttpSignatures;

/// <summary>
/// A signature of an HTTP message (RFC 9421): what it covers and what it says of itself, read and believed by nobody yet. Immutable and
/// thread safe.
/// </summary>
public sealed class MessageSignature
{
    /// <summary>The longest of the two fields, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The most signatures of a message.</summary>
    public const int MaxSignatures = 4;

    /// <summary>The most components that a signature covers.</summary>
    public const int MaxComponents = 32;

    private readonly FieldItem _list;
    private readonly ReadOnlyMemory<byte> _value;

    private MessageSignature(string label, FieldItem list, ReadOnlyMemory<byte> value)
    {
        (Label, _list, _value) = (label, list, value);
        Components = [.. list.Items.Select(item => new SignatureComponent(item))];
    }

    /// <summary>Its name in the two fields.</summary>
    public string Label { get; }

    /// <summary>What it covers, in its order.</summary>
    public ImmutableArray<SignatureComponent> Components { get; }

    /// <summary>When it says it was made; null where it does not.</summary>
    public DateTimeOffset? Created => Time("created");

    /// <summary>Until when it says it counts; null where it does not.</summary>
    public DateTimeOffset? Expires => Time("expires");

    /// <summary>What makes it the only one of its kind; null where nothing does.</summary>
    public string? Nonce => Text("nonce");

    /// <summary>The algorithm that it names; null where it names none.</summary>
    public string? Algorithm => Text("alg");

    /// <summary>The key that it names; null where it names none.</summary>
    public string? KeyId => Text("keyid");

    /// <summary>What it is for; null where it does not say.</summary>
    public string? Tag => Text("tag");

    /// <summary>Reads the signatures of a message from the lines of its two fields; false where they are not in their form, or too long or too many.</summary>
    public static bool TryRead(IReadOnlyList<string?> signatureInput, IReadOnlyList<string?> signature, out ImmutableArray<MessageSignature> signatures)
    {
        signatures = [];
        if (!TryReadField(signatureInput, out var inputs) || !TryReadField(signature, out var values) || inputs.Length != values.Length)
            return false;
        var read = ImmutableArray.CreateBuilder<MessageSignature>(inputs.Length);
        foreach (var (label, list) in inputs)
        {
            // Section 4.1: an inner list of component identifiers, each once.
            if (list.Value is not null || list.Items.Length > MaxComponents || list.Items.Any(item => item.Value is not BareItem.Text) || !HasKnownTypes(list)
                || values.FirstOrDefault(value => value.Key == label).Value is not { Value: BareItem.Binary { Value: var bytes }, Parameters.IsEmpty: true })
                return false;
            var one = new MessageSignature(label, list, bytes);
            if (one.Components.Distinct().Count() != one.Components.Length)
                return false;
            read.Add(one);
        }

        signatures = read.ToImmutable();
        return true;
    }

    /// <summary>
    /// Checks all that needs no key, so that nothing is looked up for what could never be accepted: what is covered, when and what for.
    /// </summary>
    public SignatureFault Check(SignedMessage message, SignatureRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Tag is not null && Tag != rules.Tag)
            return SignatureFault.WrongTag;
        if (rules.Required.Any(name => !Covers(name)) || (rules.Target && !CoversTarget()) || rules.IfPresent.Any(name => message.Field(name).Count > 0 && !Covers(name)))
            return SignatureFault.NotCovered;
        if (rules.MaxAge is { } age && (Created is not { } created || Expires is not { } expires || created > now + rules.Skew || expires <= now - rules.Skew || expires <= created || expires - created > age))
            return SignatureFault.NotFresh;
        if (rules.Nonce && Nonce is not { Length: >= SignatureRules.MinNonce and <= SignatureRules.MaxNonce })
            return SignatureFault.NoNonce;
        return SignatureBase.TryMake(message, Components, _list.ToString(), out _);
    }

    /// <summary>Whether it is a key's over a message. What it says and covers is for <see cref="Check"/>.</summary>
    public SignatureFault Verify(SignedMessage message, JsonWebKey key)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(key);
        if (SignatureAlgorithms.AlgorithmOf(key) is not { } algorithm || (Algorithm is { } named && named != SignatureAlgorithms.NameFor(key)))
            return SignatureFault.WrongAlgorithm;
        var fault = SignatureBase.TryMake(message, Components, _list.ToString(), out var bytes);
        return fault != SignatureFault.None ? fault : key.Verify(algorithm, bytes, _value.Span) ? SignatureFault.None : SignatureFault.WrongSignature;
    }

    /// <summary>Names it among all of a key, for a book of those that were used.</summary>
    public Hash256 NonceOf(JsonWebKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Hash256.Of(System.Text.Encoding.UTF8.GetBytes($"{key.Thumbprint.ToHex()} {Nonce}"));
    }

    /// <summary>Whether it covers a field or a derived component as a whole.</summary>
    public bool Covers(string name) => Components.Any(component => component.IsPlain && component.Name == name);

    private bool CoversTarget() => Covers("@target-uri") || (Covers("@authority") && (Covers("@request-target") || (Covers("@path") && Covers("@query"))));

    private string? Text(string name) => (_list.Parameter(name) as BareItem.Text)?.Value;

    private DateTimeOffset? Time(string name) => _list.Parameter(name) is BareItem.Integer { Value: var seconds } ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static bool HasKnownTypes(FieldItem list) => list.Parameters.All(parameter => parameter.Key switch
    {
        "created" or "expires" => parameter.Value is BareItem.Integer { Value: >= 0 and < 253402300800 }, // until the end of the year 9999
        "nonce" or "alg" or "keyid" or "tag" => parameter.Value is BareItem.Text,
        _ => true,
    });

    private static bool TryReadField(IReadOnlyList<string?> lines, out ImmutableArray<KeyValuePair<string, FieldItem>> members)
    {
        members = [];
        return lines.Count > 0 && lines.Sum(line => line?.Length ?? 0) <= MaxLength && FieldReader.TryReadDictionary(string.Join(", ", lines), MaxSignatures, out members) && !members.IsEmpty;
    }
}
