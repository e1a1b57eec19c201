using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Writ.Crypto.Hashing;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Login;

/// <summary>
/// Asks authenticators and checks their answers, with the framework's own WebAuthn machinery over the registry. The relying party is the
/// host name of the request, which was checked to be Writ's before; the origin has to be exactly Writ's. Thread safe.
/// </summary>
internal sealed class PasskeyCeremonies
{
    private readonly PasskeyHandler<PasskeyPerson> _handler;
    private readonly RegistryHolder _registry;
    private readonly Challenges _challenges;
    private readonly PasskeyCounters _counters = new();

    public PasskeyCeremonies(RegistryHolder registry, TimeProvider time)
    {
        (_registry, _challenges) = (registry, new Challenges(time));
        var people = new UserManager<PasskeyPerson>(
            new PasskeyStore(registry), null!, null!, [], [], null!, null!, null!, NullLogger<UserManager<PasskeyPerson>>.Instance);
        _handler = new PasskeyHandler<PasskeyPerson>(people, Options.Create(new IdentityPasskeyOptions
        {
            AuthenticatorTimeout = Challenges.Life,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            AttestationConveyancePreference = "none",
            ValidateOrigin = origin => ValueTask.FromResult(
                !origin.CrossOrigin && string.Equals(origin.Origin, $"{origin.HttpContext.Request.Scheme}://{origin.HttpContext.Request.Host}", StringComparison.OrdinalIgnoreCase)),
        }));
    }

    /// <summary>What any passkey is asked to log in its owner. The same for everybody: it names nobody.</summary>
    public async Task<AskedPasskey> AskLoginAsync(HttpContext http)
    {
        var made = await _handler.MakeRequestOptionsAsync(null, http);
        return new AskedPasskey(_challenges.Add(new Challenge.OfLogin(made.AssertionState!)), Read(made.RequestOptionsJson));
    }

    /// <summary>What an invited person's authenticator is asked to make a passkey.</summary>
    public async Task<AskedPasskey> AskEnrolmentAsync(HttpContext http, Caller.InvitedCaller invited)
    {
        var handle = invited.Person.Handle ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var entity = new PasskeyUserEntity { Id = handle, Name = $"{invited.Person.Id}@{invited.Organization.Id}", DisplayName = invited.Person.DisplayName };
        var made = await _handler.MakeCreationOptionsAsync(entity, http);
        var options = Read(made.CreationOptionsJson);
        options["rp"]!["name"] = "Writ";
        return new AskedPasskey(_challenges.Add(new Challenge.OfEnrolment(made.AttestationState!, invited.KeyId, handle)), options);
    }

    /// <summary>What a person's passkey is asked to sign for one request.</summary>
    public async Task<AskedPasskey> AskPresenceAsync(HttpContext http, Caller.PersonCaller caller, Hash256 request)
    {
        var nonce = RandomNumberGenerator.GetBytes(PresenceChallenge.NonceLength);
        var challenge = PresenceChallenge.Of(nonce, request);
        var made = await _handler.MakeRequestOptionsAsync(new PasskeyPerson(caller.Person.Handle!, caller.Organization.Id, caller.Person.Id), http);
        var (options, state) = (Read(made.RequestOptionsJson), Read(made.AssertionState!));
        // The framework's challenge is random; this one is what the person consents to.
        Replace(options, challenge);
        Replace(state, challenge);
        var waiting = new Challenge.OfPresence(
            state.ToJsonString(), caller.Organization.Id, caller.Person.Id, caller.KeyId, request.ToHex(), Base64Url.EncodeToString(nonce));
        return new AskedPasskey(_challenges.Add(waiting), options);
    }

    /// <summary>Checks an answer to <see cref="AskLoginAsync"/>.</summary>
    public async Task<PasskeyAnswer> CheckLoginAsync(HttpContext http, string id, string credential) =>
        _challenges.TryTake<Challenge.OfLogin>(id, out var challenge) ? await CheckAsync(http, challenge.State, credential) : PasskeyAnswer.NotAsked.Instance;

    /// <summary>Checks an answer to <see cref="AskPresenceAsync"/>: that it is of this caller and for this request, and what it proves.</summary>
    public async Task<(PasskeyAnswer Answer, PasskeyProof? Proof)> CheckPresenceAsync(HttpContext http, Caller.PersonCaller caller, Hash256 request, string id, JsonObject credential)
    {
        if (!_challenges.TryTake<Challenge.OfPresence>(id, out var asked)
            || (asked.Organization, asked.Person, asked.KeyId) != (caller.Organization.Id, caller.Person.Id, caller.KeyId) || asked.Request != request.ToHex())
            return (PasskeyAnswer.NotAsked.Instance, null);
        var answer = await CheckAsync(http, asked.State, credential.ToJsonString());
        if (answer is not PasskeyAnswer.Accepted accepted || accepted.Passkey.Person != caller.Person.Id)
            return (answer is PasskeyAnswer.Accepted ? PasskeyAnswer.Refused.Instance : answer, null);
        var signed = credential["response"]!;
        string Text(string member) => signed[member]!.GetValue<string>();
        return (accepted, new PasskeyProof(
            accepted.Passkey.Id, asked.Request, asked.Nonce, Text("clientDataJSON"), Text("authenticatorData"), Text("signature"), accepted.SignCount));
    }

    /// <summary>Checks an answer to <see cref="AskEnrolmentAsync"/>; the passkey, or null where it is not accepted.</summary>
    public async Task<(UserPasskeyInfo Passkey, string Handle)?> CheckEnrolmentAsync(HttpContext http, Caller.InvitedCaller invited, string id, string credential)
    {
        if (!_challenges.TryTake<Challenge.OfEnrolment>(id, out var challenge) || challenge.Invitation != invited.KeyId)
            return null;
        var result = await _handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, AttestationState = challenge.State, CredentialJson = credential });
        return result is { Succeeded: true, Passkey.IsUserVerified: true } ? (result.Passkey, challenge.Handle) : null;
    }

    private async Task<PasskeyAnswer> CheckAsync(HttpContext http, string state, string credential)
    {
        var result = await _handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, AssertionState = state, CredentialJson = credential });
        if (!result.Succeeded
            || !_registry.Current.Organizations[result.User.Organization].Passkeys.TryGetValue(Base64Url.EncodeToString(result.Passkey.CredentialId), out var passkey))
            return PasskeyAnswer.Refused.Instance;
        return _counters.TryAdvance(passkey, result.Passkey.SignCount)
            ? new PasskeyAnswer.Accepted(result.User.Organization, passkey, result.Passkey.SignCount)
            : new PasskeyAnswer.Copied(result.User.Organization, passkey);
    }

    private static JsonObject Read(string json) => JsonNode.Parse(json)!.AsObject();

    // The options carry it in base64url, the state in base64 with its padding: each stays what it was.
    private static void Replace(JsonObject json, byte[] challenge)
    {
        var (url, plain) = (Base64Url.EncodeToString(challenge), Convert.ToBase64String(challenge));
        var length = json["challenge"]?.GetValue<string>().Length;
        json["challenge"] = length == url.Length ? url
            : length == plain.Length ? plain
            : throw new InvalidOperationException("the framework's challenge is not where and what it was");
    }
}
