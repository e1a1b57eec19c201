using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Jose;

namespace Writ.Identity.Delegation;

/// <summary>
/// Makes tokens: roots for an issuer, children for a holder, who needs nobody for it. What a holder signs is held to the rules of the
/// link first, so that a mistake shows where it was made and not at the door. Stateless and thread safe.
/// </summary>
public static class DelegationSigner
{
    /// <summary>A root token.</summary>
    /// <exception cref="ArgumentException">The terms are not those of a token.</exception>
    public static string Root(string issuer, string id, DelegationTerms terms, JsonWebKey holder, JsonWebSigningKey key) =>
        TrySign(issuer, id, null, terms, holder, key, out var text, out var fault)
            ? text
            : throw new ArgumentException($"no root token can say this: {fault}", nameof(terms));

    /// <summary>
    /// A child of a token, signed by the key of the agent that holds the token. False, with the rule that is broken, where the terms are
    /// wider than the parent's or the key is not its holder's.
    /// </summary>
    public static bool TryDerive(
        string parent, string id, DelegationTerms terms, JsonWebKey holder, JsonWebSigningKey key, [NotNullWhen(true)] out string? text, out DelegationFault fault)
    {
        text = null;
        fault = DelegationTokenReader.TryRead(Encoding.UTF8.GetBytes(parent), out var read);
        if (fault != DelegationFault.None)
            return false;
        if (read!.Holder.Thumbprint == key.VerificationKey.Thumbprint)
            return TrySign(read.Holder.ThumbprintUri, id, read, terms, holder, key, out text, out fault);
        fault = DelegationFault.WrongHolder;
        return false;
    }

    /// <summary>What a token allows whom, for the owner of the key that holds it to make narrower; else the fault. No signature is verified: it is the holder's own token.</summary>
    public static DelegationFault TryReadTerms(string token, JsonWebKey holder, out DelegationTerms? terms)
    {
        terms = null;
        var fault = DelegationTokenReader.TryRead(Encoding.UTF8.GetBytes(token), out var read);
        if (fault != DelegationFault.None)
            return fault;
        if (read!.Holder.Thumbprint != holder.Thumbprint)
            return DelegationFault.WrongHolder;
        terms = read.Terms;
        return DelegationFault.None;
    }

    /// <summary>The algorithm that a holder's key signs by: Ed25519, or ECDSA on P-256.</summary>
    /// <exception cref="ArgumentException">Another kind of key.</exception>
    public static JoseAlgorithm AlgorithmOf(JsonWebSigningKey key) => key.VerificationKey.Curve switch
    {
        "Ed25519" => JoseAlgorithm.EdDsa,
        "P-256" => JoseAlgorithm.Es256,
        _ => throw new ArgumentException("delegation tokens are signed with Ed25519 or ECDSA on P-256", nameof(key)),
    };

    /// <summary>A token that says what it is told to, whether or not it may.</summary>
    internal static string Sign(string issuer, string id, DelegationToken? parent, DelegationTerms terms, JsonWebKey holder, JsonWebSigningKey key) =>
        new JwsSigner(key, AlgorithmOf(key)).Sign(Payload(issuer, id, parent, terms, holder), DelegationToken.MediaType);

    private static bool TrySign(
        string issuer, string id, DelegationToken? parent, DelegationTerms terms, JsonWebKey holder, JsonWebSigningKey key, [NotNullWhen(true)] out string? text, out DelegationFault fault)
    {
        var signed = Sign(issuer, id, parent, terms, holder, key);
        fault = DelegationTokenReader.TryRead(Encoding.UTF8.GetBytes(signed), out var token);
        if (fault == DelegationFault.None)
            fault = LinkRules.CheckAlone(token!);
        if (fault == DelegationFault.None && parent is not null)
            fault = LinkRules.Check(parent, token!);
        text = fault == DelegationFault.None ? signed : null;
        return text is not null;
    }

    private static byte[] Payload(string issuer, string id, DelegationToken? parent, DelegationTerms terms, JsonWebKey holder)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", issuer);
            writer.WriteString("jti", id);
            writer.WriteNumber("iat", terms.IssuedAt.ToUnixTimeSeconds());
            writer.WriteNumber("exp", terms.Expires.ToUnixTimeSeconds());
            WriteTexts(writer, "aud", terms.Audiences);
            writer.WriteStartObject("cnf");
            writer.WritePropertyName("jwk");
            writer.WriteRawValue(holder.ToJson());
            writer.WriteEndObject();
            writer.WriteNumber("del_depth", parent is null ? 0 : parent.Depth + 1);
            writer.WriteNumber("del_max_depth", terms.MaxDepth);
            if (parent is not null)
                writer.WriteString("par_hash", parent.Hash.ToBase64Url());
            writer.WriteString("agent", terms.Agent.ToString());
            writer.WriteString("org", terms.Organization);
            writer.WriteString("principal", terms.Principal);
            WriteLimits(writer, terms);
            writer.WriteStartArray("authorization_details");
            writer.WriteStartObject();
            writer.WriteString("type", DelegatedTools.DetailType);
            writer.WritePropertyName("tools");
            terms.Tools.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteLimits(Utf8JsonWriter writer, DelegationTerms terms)
    {
        if (terms.Spend is { } spend)
        {
            writer.WriteStartObject("spend");
            writer.WriteString("currency", spend.Currency);
            writer.WriteNumber("max", spend.Max);
            if (spend.Per is { } per)
                writer.WriteNumber("per", per);
            writer.WriteEndObject();
        }

        if (terms.Calls is { } calls)
            writer.WriteNumber("calls", calls);
        if (!terms.DataClasses.IsDefault)
            WriteTexts(writer, "data", terms.DataClasses);
        if (terms.Purpose is not null)
            writer.WriteString("purpose", terms.Purpose);
        if (terms.Agreement is not null)
            writer.WriteString("agr", terms.Agreement);
        if (terms.Status is { } status)
        {
            writer.WriteStartObject("status");
            writer.WriteString("uri", status.Uri);
            writer.WriteNumber("idx", status.Index);
            writer.WriteEndObject();
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
