using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Writ.Governance.Organizations;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;
using Writ.Identity.Dids;
using Writ.Identity.HttpSignatures;

namespace Writ.Governance.Credentials;

/// <summary>
/// Finds the credential that signed a request (RFC 9421): the form first, then the key that the registry holds, then its signature, and only
/// for what it truly signed the document of a <c>did:web</c> and the book of nonces. Nothing that the request says of a key is believed.
/// Thread safe.
/// </summary>
public sealed class SignatureCallers
{
    /// <summary>The tag of signatures for Writ: what an agent signs for others opens nothing here.</summary>
    public const string Tag = "writ";

    /// <summary>The most signatures of one credential that are remembered at once: some 220 a second.</summary>
    public const int MaxNonces = 20_000;

    private const int ThumbprintLength = 43;

    private static readonly SignatureRules Rules = new()
    {
        Tag = Tag,
        Required = ["@method"],
        Target = true,
        // All that changes what a request means here: what is not covered could be added by another.
        IfPresent =
        [
            ContentDigest.Field, "content-type", "content-encoding", "authorization", "mcp-session-id", "mcp-protocol-version", "last-event-id", "writ-task", "aat-chain", "aat-pop",
        ],
        MaxAge = TimeSpan.FromSeconds(60),
        Skew = TimeSpan.FromSeconds(10),
        Nonce = true,
    };

    private static readonly SignatureRules RulesWithContent = Rules with { Required = [.. Rules.Required, ContentDigest.Field] };

    private readonly RegistryHolder _registry;
    private readonly IDidDocuments _documents;
    private readonly TimeProvider _time;
    private DateTimeOffset _since;
    private readonly NonceBooks _nonces;
    private readonly ConcurrentDictionary<string, ImmutableArray<DidVerificationMethod>> _methods = new(StringComparer.Ordinal);

    public SignatureCallers(RegistryHolder registry, IDidDocuments documents, TimeProvider time)
    {
        (_registry, _documents, _time, _nonces) = (registry, documents, time, new NonceBooks(time, MaxNonces));
        Begin();
    }

    /// <summary>
    /// Begins to take signatures. Which nonces were used before the start is not known, so what could have been signed before it counts no more;
    /// said again once the records are read, whose newest may be later than the clock.
    /// </summary>
    public void Begin() => _since = _time.GetUtcNow();

    /// <summary>Checks the signature of a request; null where it bears none for Writ.</summary>
    /// <param name="message">The request.</param>
    /// <param name="hasContent">Whether it has, or may have, content.</param>
    /// <param name="cancellation">Ends the wait for a document.</param>
    public async ValueTask<SignatureVerdict?> VerifyAsync(SignedMessage message, bool hasContent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (inputs, values) = (message.Field("signature-input"), message.Field("signature"));
        if (inputs.Count == 0 && values.Count == 0)
            return null;
        if (!MessageSignature.TryRead(inputs, values, out var signatures))
            return new SignatureVerdict.Refused(SignatureFault.Malformed);
        var ours = signatures.Where(signature => signature.Tag == Tag).ToArray();
        return ours.Length switch
        {
            0 => null, // for somebody else on the way
            1 => await VerifyAsync(message, ours[0], hasContent, cancellation),
            _ => new SignatureVerdict.Refused(SignatureFault.Malformed),
        };
    }

    private async ValueTask<SignatureVerdict> VerifyAsync(SignedMessage message, MessageSignature signature, bool hasContent, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var fault = signature.Check(message, hasContent ? RulesWithContent : Rules, now);
        if (fault != SignatureFault.None)
            return new SignatureVerdict.Refused(fault);
        ContentDigest? content = null;
        if (hasContent && !ContentDigest.TryRead(message.Field(ContentDigest.Field), out content))
            return new SignatureVerdict.Refused(SignatureFault.WrongDigest);
        if (!TryFind(signature.KeyId, now, out var organization, out var credential, out var method))
            return new SignatureVerdict.Refused(SignatureFault.UnknownKey);
        SignatureVerdict.Refused Refuse(SignatureFault why) => new(why, organization, credential.Id);

        fault = signature.Verify(message, method.Key);
        if (fault != SignatureFault.None)
            return Refuse(fault);
        if (signature.Created <= _since + Rules.Skew)
            return Refuse(SignatureFault.NotFresh);
        if (credential.Kind == CredentialKind.DidWeb && await StandsAsync(credential, method, cancellation) is var stands && stands != SignatureFault.None)
            return Refuse(stands);
        if (signature.Expires!.Value + Rules.Skew <= _time.GetUtcNow())
            return Refuse(SignatureFault.NotFresh); // the wait for a document outlived it, and maybe its nonce
        return _nonces.Of(credential.Agent.ToString()).TryUse(signature.NonceOf(method.Key), signature.Expires!.Value + Rules.Skew)
            ? new SignatureVerdict.Proved(organization, credential.Id, content)
            : Refuse(SignatureFault.Replayed);
    }

    // The registered key, and it alone; and it only as long as its domain still shows it under the same name.
    private async ValueTask<SignatureFault> StandsAsync(AgentCredential credential, DidVerificationMethod method, CancellationToken cancellation)
    {
        if (!Did.TryParse(credential.Public, out var did, out _) || await _documents.FindAsync(did, credential.AllowedAddresses, cancellation) is not { } document)
            return SignatureFault.NoDocument;
        return document.Authentication.Any(shown => shown.Id == method.Id && shown.Key.Thumbprint == method.Key.Thumbprint) ? SignatureFault.None : SignatureFault.UnknownKey;
    }

    private bool TryFind(
        string? keyId, DateTimeOffset now, out OrganizationId organization, [NotNullWhen(true)] out AgentCredential? credential, [NotNullWhen(true)] out DidVerificationMethod? method)
    {
        (organization, credential, method) = (default, null, null);
        // A DID URL, the bare DID where that is the key, or the key's thumbprint, as Web Bot Auth names keys.
        var url = DidUrl.TryParse(keyId, out var read) ? read : null;
        var name = url?.Did.ToString() ?? (Did.TryParse(keyId, out var bare, out _) && bare.Method == DidMethod.Key ? keyId : keyId is { Length: ThumbprintLength } ? keyId : null);
        if (name is null || !_registry.Current.Credentials.TryGetValue(name, out organization) || !_registry.Current.Organizations.TryGetValue(organization, out var state))
            return false;
        for (var candidate = state.AgentCredentials.Holding(name); candidate is not null; candidate = candidate.Predecessor is { } before ? state.AgentCredentials.Find(before) : null)
        {
            if (!candidate.Kind.IsDid() || !candidate.IsInForce(now))
                return false; // what came before one that is over is over too
            method = MethodsOf(candidate).FirstOrDefault(one => url is not null ? one.Id == keyId : name == candidate.Public || one.Key.Thumbprint.ToBase64Url() == keyId);
            if (method is not null)
            {
                credential = candidate;
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<DidVerificationMethod> MethodsOf(AgentCredential credential) => _methods.GetOrAdd(credential.Id, static (_, keys) => DidCredentials.MethodsOf(keys), credential.Keys);
}
