using System.Collections.Immutable;
using Writ.Crypto.Jose;

namespace Writ.Identity.HttpSignatures;

/// <summary>Signs HTTP messages (RFC 9421 section 3.1). Stateless and thread safe.</summary>
public static class MessageSigner
{
    /// <summary>The values of <c>Signature-Input</c> and <c>Signature</c>.</summary>
    /// <exception cref="ArgumentException">A component is not in the message, or the key has no algorithm here.</exception>
    public static (string Input, string Signature) Sign(SignedMessage message, SignatureTerms terms, JsonWebSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(key);
        var algorithm = SignatureAlgorithms.AlgorithmOf(key.VerificationKey) ?? throw new ArgumentException("no algorithm for such a key", nameof(key));
        SignatureComponent[] components = [.. terms.Components.Select(SignatureComponent.Of), .. terms.RequestComponents.Select(SignatureComponent.OfRequest)];
        var list = new FieldItem(null, [.. components.Select(component => component.Item)], Parameters(terms, key.VerificationKey));
        var fault = SignatureBase.TryMake(message, components, list.ToString(), out var bytes);
        return fault == SignatureFault.None
            ? ($"{terms.Label}={list}", $"{terms.Label}={new BareItem.Binary(key.Sign(algorithm, bytes))}")
            : throw new ArgumentException($"the message has no such component: {fault}", nameof(message));
    }

    private static ImmutableArray<KeyValuePair<string, BareItem>> Parameters(SignatureTerms terms, JsonWebKey key)
    {
        var parameters = ImmutableArray.CreateBuilder<KeyValuePair<string, BareItem>>();
        parameters.Add(new("created", new BareItem.Integer(terms.Created.ToUnixTimeSeconds())));
        parameters.Add(new("keyid", new BareItem.Text(terms.KeyId)));
        if (terms.WithAlgorithm)
            parameters.Add(new("alg", new BareItem.Text(SignatureAlgorithms.NameFor(key)!)));
        if (terms.Expires is { } expires)
            parameters.Add(new("expires", new BareItem.Integer(expires.ToUnixTimeSeconds())));
        if (terms.Nonce is { } nonce)
            parameters.Add(new("nonce", new BareItem.Text(nonce)));
        if (terms.Tag is { } tag)
            parameters.Add(new("tag", new BareItem.Text(tag)));
        return parameters.ToImmutable();
    }
}
