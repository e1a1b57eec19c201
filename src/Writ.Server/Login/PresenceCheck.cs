using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Writ.Crypto.Hashing;
using Writ.Governance.Admission;
using Writ.Governance.Credentials;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>
/// Checks what a person's passkey signed for a request, which comes with it in the header <c>Writ-Presence</c>: base64url of a JSON object
/// with the <c>id</c> that <c>POST /v1/presence</c> answered with, and the <c>credential</c>.
/// </summary>
internal sealed class PresenceCheck(PasskeyCeremonies ceremonies, CopiedPasskeys copied, AdmissionControl admission)
{
    public const string Header = "Writ-Presence";

    private const int MaxHeaderLength = 8 << 10;

    private static readonly string[] Signed = ["clientDataJSON", "authenticatorData", "signature"];

    /// <summary>The caller, with the proof; null where it does not count.</summary>
    public async Task<Caller.PersonCaller?> CheckAsync(HttpContext http, Caller.PersonCaller caller)
    {
        if (!TryRead(http.Request.Headers[Header].ToString(), out var id, out var credential))
            return Refuse(caller, "presence-unreadable");
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = PresenceRequest.Digest(caller.Organization.Id, caller.Person.Id, http.Request.Method, target, await DigestBodyAsync(http));
        var (answer, proof) = await ceremonies.CheckPresenceAsync(http, caller, request, id, credential);
        switch (answer)
        {
            case PasskeyAnswer.Accepted:
                return caller with { Presence = caller.Presence with { Kind = Presence.Passkey, Proof = proof } };
            case PasskeyAnswer.Copied { Passkey: var passkey }:
                await copied.RevokeAsync(caller.Organization.Id, passkey);
                return Refuse(caller, "presence-copied-passkey");
            case PasskeyAnswer.NotAsked:
                return Refuse(caller, "presence-not-asked");
            default:
                return Refuse(caller, "presence-passkey");
        }
    }

    private Caller.PersonCaller? Refuse(Caller.PersonCaller caller, string cause)
    {
        admission.CountRefusedProof(caller.Organization.Id, caller.KeyId, cause);
        return null;
    }

    /// <summary>The digest of the body, which can be read once more afterwards. The route's limit ends the reading.</summary>
    private static async Task<Hash256> DigestBodyAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var digest = Hash256.Of(body.GetBuffer().AsSpan(0, (int)body.Length));
        body.Position = 0;
        http.Request.Body = body;
        return digest;
    }

    private static bool TryRead(string header, out string id, out JsonObject credential)
    {
        (id, credential) = ("", []);
        try
        {
            if (header.Length is 0 or > MaxHeaderLength || !Base64Url.IsValid(header)
                || JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(header))) is not JsonObject json
                || json["id"] is not JsonValue name || json["credential"] is not JsonObject inner || inner["response"] is not JsonObject response
                || Signed.Any(m => response[m]?.GetValueKind() != JsonValueKind.String))
                return false;
            (id, credential) = (name.GetValue<string>(), inner);
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
