using System.Net.Http.Headers;
using System.Text;
using Writ.Crypto.Jose;
using Writ.Gateways.OpenId;
using Writ.Governance.People;

namespace Writ.Server.OpenId;

/// <summary>
/// What is known of one provider, as it was registered: its metadata for an hour, its keys until it signs with one that is not among them, which
/// is looked up anew at most every <see cref="BetweenLookups"/>. Thread safe.
/// </summary>
internal sealed class ProviderConnection(OpenIdProvider provider, string? secret, TimeProvider time) : IDisposable
{
    /// <summary>How often at most keys are looked up because one was not known: no flood of made-up key ids becomes one of requests.</summary>
    public static readonly TimeSpan BetweenLookups = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan MetadataLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeysLife = TimeSpan.FromHours(24);

    // Shared secrets sign nothing here: who has ours would sign for the provider.
    private static readonly JoseAlgorithm[] Algorithms =
    [
        JoseAlgorithm.Rs256, JoseAlgorithm.Rs384, JoseAlgorithm.Rs512, JoseAlgorithm.Ps256, JoseAlgorithm.Ps384, JoseAlgorithm.Ps512,
        JoseAlgorithm.Es256, JoseAlgorithm.Es384, JoseAlgorithm.Es512, JoseAlgorithm.EdDsa, JoseAlgorithm.Ed25519,
    ];

    private readonly OpenIdTransport _transport = new(provider.Networks());
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private (ProviderMetadata Value, DateTimeOffset Until)? _metadata;
    private (JsonWebKeySet Value, DateTimeOffset At)? _keys;

    public OpenIdProvider Provider => provider;

    /// <summary>What the provider says of itself; null where it cannot be had.</summary>
    public async Task<ProviderMetadata?> MetadataAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_metadata is { } known && known.Until > time.GetUtcNow())
                return known.Value;
            var address = new Uri(provider.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
            if (await _transport.GetAsync(address, cancellation) is not { } json || ProviderMetadata.Read(json, provider.Issuer) is not { } metadata)
                return null;
            _metadata = (metadata, time.GetUtcNow() + MetadataLife);
            return metadata;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Redeems a code (RFC 6749, section 4.1.3; RFC 7636); what is answered, or null.</summary>
    public async Task<byte[]?> RedeemAsync(ProviderMetadata metadata, string code, string redirect, string verifier, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["client_id"] = provider.ClientId, ["code_verifier"] = verifier,
        };
        var authorization = secret is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}")));
        return await _transport.PostAsync(metadata.Token, form, authorization, cancellation);
    }

    /// <summary>A token that the provider signed and that says what the rules ask; null where it is not that.</summary>
    public async Task<JsonWebToken?> ValidateAsync(ProviderMetadata metadata, string? text, JsonWebTokenRules rules, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            for (var fresh = false; ; fresh = true)
            {
                if (fresh || _keys is null || time.GetUtcNow() - _keys.Value.At >= KeysLife)
                {
                    if (await _transport.GetAsync(metadata.Keys, cancellation) is not { } json || !JsonWebKeySet.TryParse(json, out var set, out _))
                        return null;
                    _keys = (set, time.GetUtcNow());
                    fresh = true;
                }

                if (new JsonWebTokenValidator(new JwsVerifier(_keys.Value.Value, Algorithms), rules, time).TryValidate(text, out var token, out var fault))
                    return token;
                if (fresh || fault is not (JoseFault.UnknownKey or JoseFault.KeyMismatch or JoseFault.WrongSignature) || time.GetUtcNow() - _keys.Value.At < BetweenLookups)
                    return null;
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _oneAtATime.Dispose();
    }
}
