using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.OAuth;
using Writ.Governance.Registry;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Credentials;

/// <summary>When a credential may be registered. A key follows another only with the other's word, or after the other was revoked.</summary>
public static class CredentialRules
{
    private const string P256 = "1.2.840.10045.3.1.7";
    /// <summary>Before the thumbprint (RFC 7638, in base64url) of a key that an OAuth client signs with.</summary>
    internal const string ClientPrefix = "jwk:";

    /// <summary>Why a registration makes no sense in a state; null where it does.</summary>
    public static string? Obstacle(OrganizationState state, AgentCredentialRegistered registered, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(registered);
        var known = state.AgentCredentials;
        if (!state.Agents.TryGetValue(registered.Agent, out var agent) || agent.Lifecycle == AgentLifecycle.Retired)
            return $"agent {registered.Agent} was never registered, or is retired";
        if (registered.ExpiresAt <= at || registered.ExpiresAt > at + AgentCredentials.MaxLife + TimeSpan.FromMinutes(1))
            return $"a credential works for at most {AgentCredentials.MaxLife.Days} days";
        if (registered.Credential.IsDid())
            return DidCredentials.Obstacle(state, registered, at);
        if (registered.Keys is not null || registered.AllowedAddresses is not null)
            return "keys and allowed addresses are of a DID";
        if (registered.Possession is not null && registered.Credential != CredentialKind.OAuthClient)
            return "a possession is of an OAuth client or a DID";
        if (NameOf(registered) is not { } name)
        {
            return registered.Credential switch
            {
                CredentialKind.KeyPair => "public: a key on P-256 as subject public key info in base64",
                CredentialKind.OAuthClient => "public: a key that signs, as a JWK",
                _ => "public: a SPIFFE id with a path",
            };
        }

        if (known.ByPublic.ContainsKey(name) || (registered.Credential == CredentialKind.OAuthClient && known.ByPublic.ContainsKey(name[ClientPrefix.Length..])))
            return "that key or id is, or was, a credential already";
        if (registered.Credential == CredentialKind.OAuthClient
            && !(registered.Possession is { } possession && IsSigned(CredentialKind.OAuthClient, registered.Public, TextFor(state, registered, name), possession)))
            return "the new key has not signed its own registration: possession";
        return registered.Credential != CredentialKind.SpiffeId ? Succession(state, registered, name, at)
            : registered.Predecessor is not null || registered.Proof is not null ? "only a key follows another"
            : SpiffeId.TryParse(registered.Public, out var id, out _) && state.TrustDomains.Foreign.ContainsKey(id.TrustDomain.ToString()) ? null
            : "the trust domain of that id was not imported";
    }

    /// <summary>What the old key signs to let a new one follow, and an OAuth client's new key for itself: one line that names who, and the key.</summary>
    /// <param name="organization">The organization's name.</param>
    /// <param name="agent">The agent's id.</param>
    /// <param name="thumbprint">SHA-256 of the new key's subject public key info, in lower-case hexadecimal; of an OAuth client the JWK's thumbprint (RFC 7638), in base64url.</param>
    public static byte[] RotationText(string organization, string agent, string thumbprint) =>
        System.Text.Encoding.ASCII.GetBytes($"writ credential rotation 1 {organization} {agent} {thumbprint}\n");

    /// <summary>All that a credential is looked up by.</summary>
    internal static IEnumerable<string> NamesOf(AgentCredentialRegistered registered) => registered.Credential.IsDid() ? DidCredentials.NamesOf(registered) : [NameOf(registered)!];

    /// <summary>How a credential that is no DID is looked up: the thumbprint of its key, or its SPIFFE id; null where it is neither.</summary>
    internal static string? NameOf(AgentCredentialRegistered registered)
    {
        if (registered.Credential == CredentialKind.SpiffeId)
            return SpiffeId.TryParse(registered.Public, out var id, out _) && !id.Path.IsEmpty ? registered.Public : null;
        if (registered.Credential == CredentialKind.OAuthClient)
            return OAuthClientKey.Read(registered.Public) is { } client ? ClientPrefix + client.Thumbprint.ToBase64Url() : null;
        using var key = Key(registered.Public);
        return key is null ? null : X509Svid.ThumbprintOf(new PublicKey(key));
    }

    private static byte[] TextFor(OrganizationState state, AgentCredentialRegistered registered, string name) =>
        RotationText(state.Id.ToString(), registered.Agent.ToString(), registered.Credential == CredentialKind.OAuthClient ? name[ClientPrefix.Length..] : name);

    private static string? Succession(OrganizationState state, AgentCredentialRegistered registered, string name, DateTimeOffset at)
    {
        var what = registered.Credential == CredentialKind.OAuthClient ? "OAuth client" : "key pair";
        var own = state.AgentCredentials.ById.Values.Where(one => one.Agent == registered.Agent && one.Kind == registered.Credential).ToArray();
        var standing = own.FirstOrDefault(one => one.RetiresAt is null && one.IsInForce(at));
        if (registered.Predecessor is null)
            return own.Length == 0 ? null : $"name the {what} that this one follows{(standing is null ? "" : $", {standing.Id}")}";
        if (own.FirstOrDefault(one => one.Id == registered.Predecessor) is not { } before)
            return $"the agent has no {what} {registered.Predecessor}";
        if (standing is not null && standing != before)
            return $"the {what} in force is {standing.Id}";
        if (standing is null)
            return registered.Proof is null ? null : "what a key signs that is in force no more does not count: leave the proof out"; // the way after a compromise
        return registered.Proof is { } proof && IsSigned(before.Kind, before.Public, TextFor(state, registered, name), proof)
            ? null
            : "the old key has not signed that the new one follows it";
    }

    private static bool IsSigned(CredentialKind kind, string @public, byte[] text, string proof)
    {
        if (kind == CredentialKind.OAuthClient)
            return OAuthClientKey.Read(@public) is { } client && OAuthClientKey.HasSigned(client, text, proof);
        using var key = Key(@public);
        var signature = new byte[128];
        return key is not null && Convert.TryFromBase64String(proof, signature, out var length)
            && key.VerifyData(text, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa? Key(string text)
    {
        var bytes = new byte[256];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes.AsSpan(0, length), out var read);
            if (read == length && key.ExportParameters(false).Curve is { IsNamed: true, Oid.Value: P256 })
                return key;
        }
        catch (CryptographicException)
        {
            // Not a key, or none on a curve that is known.
        }

        key.Dispose();
        return null;
    }
}
