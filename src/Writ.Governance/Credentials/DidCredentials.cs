using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Writ.Crypto.Jose;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;
using Writ.Governance.Registry;
using Writ.Identity.Dids;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Credentials;

/// <summary>
/// When a DID may be an agent's credential: with the word of one of its keys, so that nobody claims another's, and after another DID of the
/// agent only with that one's word too, or after it was revoked.
/// </summary>
public static class DidCredentials
{
    /// <summary>The most keys of a DID.</summary>
    public const int MaxKeys = 8;

    /// <summary>The most addresses or networks that its host may have beside public ones.</summary>
    public const int MaxAddresses = 16;

    /// <summary>The verb of what one of the DID's own keys signs.</summary>
    public const string Possession = "possession";

    /// <summary>The verb of what a key of the DID before it signs.</summary>
    public const string Rotation = "rotation";

    /// <summary>The keys of a document as they are recorded: <c>DID-URL multikey</c>, sorted. None where it has more than <see cref="MaxKeys"/>.</summary>
    public static ImmutableArray<string> KeysOf(DidDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Authentication.Length > MaxKeys ? []
            : [.. document.Authentication.Select(method => $"{method.Id} {Multikey.Of(method.Key)}").Order(StringComparer.Ordinal)];
    }

    /// <summary>What a key signs to make a DID an agent's credential: one line that names who, the DID and all its keys.</summary>
    /// <param name="verb"><see cref="Possession"/> or <see cref="Rotation"/>.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="did">The DID that is registered.</param>
    /// <param name="keys">Its keys, as <see cref="KeysOf(DidDocument)"/> has them.</param>
    public static byte[] Statement(string verb, OrganizationId organization, AgentId agent, string did, IEnumerable<string> keys)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => key + "\n"))));
        return Encoding.ASCII.GetBytes($"writ did {verb} 1 {organization} {agent} {did} {Convert.ToHexStringLower(digest)}\n");
    }

    /// <summary>Why addresses cannot be allowed; null where they can.</summary>
    public static string? AddressObstacle(ImmutableArray<string> addresses) =>
        addresses.Length <= MaxAddresses && addresses.All(address => address is not null && AllowedNetwork.TryRead(address, out _)) ? null
        : $"allowed_addresses: at most {MaxAddresses}, each an IP address or a network such as 10.0.0.0/8";

    /// <summary>The keys of a registration; none where it is of no DID.</summary>
    internal static ImmutableArray<string> KeysOf(AgentCredentialRegistered registered) => registered.Credential switch
    {
        CredentialKind.DidKey when Did.TryParse(registered.Public, out var did, out _) && did.Key is { Key: not null } key => [$"{did}#{key} {key}"],
        CredentialKind.DidWeb => registered.Keys ?? [],
        _ => [],
    };

    /// <summary>The keys by which a credential signs; none where it is of no DID.</summary>
    internal static ImmutableArray<DidVerificationMethod> MethodsOf(IEnumerable<string> keys)
    {
        var methods = ImmutableArray.CreateBuilder<DidVerificationMethod>();
        foreach (var line in keys)
        {
            if (line.Split(' ') is [var id, var text] && DidUrl.TryParse(id, out _) && Multikey.TryParse(text, out var multikey) && multikey.Key is { } key)
                methods.Add(new DidVerificationMethod(id, key));
        }

        return methods.ToImmutable();
    }

    /// <summary>All that the credential is looked up by: its DID, and of each key the thumbprint, of keys on P-256 also the one that key pairs go by.</summary>
    internal static IEnumerable<string> NamesOf(AgentCredentialRegistered registered) =>
        [registered.Public, .. MethodsOf(KeysOf(registered)).SelectMany(method => ThumbprintsOf(method.Key))];

    /// <summary>Why a registration makes no sense in a state; null where it does.</summary>
    internal static string? Obstacle(OrganizationState state, AgentCredentialRegistered registered, DateTimeOffset at)
    {
        var isKey = registered.Credential == CredentialKind.DidKey;
        if (!Did.TryParse(registered.Public, out var did, out var fault) || did.Method != (isKey ? DidMethod.Key : DidMethod.Web))
            return $"did: a {(isKey ? "did:key" : "did:web")} in its one form ({fault})";
        if (isKey ? registered.Keys is not null : registered.Keys is not { Length: > 0 and <= MaxKeys })
            return $"keys: 1 to {MaxKeys} of a did:web, none of a did:key";
        if (registered.AllowedAddresses is { } addresses && (isKey ? "only a did:web has a host" : AddressObstacle(addresses)) is { } unfit)
            return unfit;
        var keys = KeysOf(registered);
        var methods = MethodsOf(keys);
        if (methods.Length == 0 || methods.Length != keys.Length || !keys.SequenceEqual(keys.Distinct().Order(StringComparer.Ordinal))
            || methods.Any(method => !DidUrl.TryParse(method.Id, out var url) || !url.Did.Equals(did)))
            return "keys: Ed25519, P-256 or P-384, each once and of this DID";
        if (!IsSigned(methods, Statement(Possession, state.Id, registered.Agent, registered.Public, keys), registered.Possession))
            return "possession: no key of the DID has signed that it is this agent's";
        return Taken(state, registered, methods) ?? Succession(state, registered, keys, at);
    }

    /// <summary>The DID and its keys are nobody's yet, or those of the very credential that this one follows, where that was not revoked.</summary>
    private static string? Taken(OrganizationState state, AgentCredentialRegistered registered, ImmutableArray<DidVerificationMethod> methods)
    {
        const string Already = "that DID, or a key of it, is, or was, a credential already";
        var known = state.AgentCredentials;
        if (known.Holding(registered.Public) is { } holder && (holder.Agent != registered.Agent || holder.Kind != CredentialKind.DidWeb || registered.Predecessor != holder.Id))
            return Already;
        var taken = methods.SelectMany(method => ThumbprintsOf(method.Key).Append(CredentialRules.ClientPrefix + method.Key.Thumbprint.ToBase64Url())).Select(known.Holding).OfType<AgentCredential>();
        return taken.Any(other => other.Id != registered.Predecessor || other.Agent != registered.Agent || other.Public != registered.Public || other.Revoked) ? Already : null;
    }

    private static string? Succession(OrganizationState state, AgentCredentialRegistered registered, ImmutableArray<string> keys, DateTimeOffset at)
    {
        var own = state.AgentCredentials.ById.Values.Where(one => one.Agent == registered.Agent && one.Kind == registered.Credential).ToArray();
        var standing = own.FirstOrDefault(one => one.RetiresAt is null && one.IsInForce(at));
        if (registered.Predecessor is null)
            return own.Length == 0 && registered.Proof is null ? null : $"the agent has had one of the kind: name the one that this one follows{(standing is null ? "" : $", {standing.Id}")}";
        if (own.FirstOrDefault(one => one.Id == registered.Predecessor) is not { } before)
            return $"the agent has no credential {registered.Predecessor} of the kind";
        if (standing is not null && standing != before)
            return $"the one in force is {standing.Id}";
        if (standing is null)
            return registered.Proof is null ? null : "what a key signs that is in force no more does not count: leave the proof out"; // the way after a compromise
        return IsSigned(MethodsOf(before.Keys), Statement(Rotation, state.Id, registered.Agent, registered.Public, keys), registered.Proof)
            ? null
            : "no key of the one before has signed that the new one follows it";
    }

    private static bool IsSigned(ImmutableArray<DidVerificationMethod> methods, byte[] statement, string? signature)
    {
        var bytes = new byte[256];
        return signature is not null && Convert.TryFromBase64String(signature, bytes, out var length)
            && methods.Any(method => method.Key.Verify(AlgorithmOf(method.Key), statement, bytes.AsSpan(0, length)));
    }

    // One key under two names is still one: as a key pair it is known by the thumbprint of its certificate form.
    private static string[] ThumbprintsOf(JsonWebKey key)
    {
        if (key.Curve != "P-256")
            return [key.Thumbprint.ToBase64Url()];
        using var json = JsonDocument.Parse(key.ToJson());
        using var pair = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(json.RootElement.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(json.RootElement.GetProperty("y").GetString()) },
        });
        return [key.Thumbprint.ToBase64Url(), X509Svid.ThumbprintOf(new PublicKey(pair))];
    }

    private static JoseAlgorithm AlgorithmOf(JsonWebKey key) => key.Curve switch { "P-256" => JoseAlgorithm.Es256, "P-384" => JoseAlgorithm.Es384, _ => JoseAlgorithm.Ed25519 };
}
