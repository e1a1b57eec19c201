using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Admission;
using Writ.Governance.Controls;
using Writ.Governance.Credentials;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Server.Api;

namespace Writ.Server.Login;

/// <summary><c>/v1/enrolment</c>: an invited person makes a passkey, once, and is logged in with it.</summary>
internal sealed class EnrolmentApi(ControlService controls, PasskeyCeremonies ceremonies, Logins logins, AdmissionControl admission)
{
    /// <summary>The longest name of a passkey, in characters.</summary>
    public const int MaxLabel = 64;

    // Credential ids are at most 1,023 bytes (WebAuthn, section 4); COSE keys of the algorithms there are stay far below this.
    private const int MaxIdBytes = 1_023;
    private const int MaxKeyBytes = 2_048;

    public void Map(RouteGroupBuilder invited)
    {
        invited.MapPost("/enrolment/options", (Delegate)AskAsync);
        invited.MapPost("/enrolment", EnrolAsync);
    }

    private async Task<IResult> AskAsync(HttpContext http) => Results.Json(await ceremonies.AskEnrolmentAsync(http, Invited(http)), StrictJson.Options);

    private async Task<IResult> EnrolAsync(HttpContext http, CredentialBody body)
    {
        var caller = Invited(http);
        var label = body.Label ?? "passkey";
        if (label.Length is 0 or > MaxLabel || label.Any(char.IsControl))
            return Problem.Of(ApiError.Malformed, $"label: 1 to {MaxLabel} characters").ToResult();
        if (await ceremonies.CheckEnrolmentAsync(http, caller, body.Id, body.Credential.GetRawText()) is not { } made
            || made.Passkey.CredentialId.Length > MaxIdBytes || made.Passkey.PublicKey.Length > MaxKeyBytes)
        {
            admission.CountRefusedProof(caller.Organization.Id, caller.KeyId, "enrolment-passkey");
            return Problem.Of(ApiError.LoginRefused, "The passkey could not be enrolled: ask for options again, and verify yourself to the authenticator.").ToResult();
        }

        var (passkey, handle) = made;
        var registered = new PasskeyRegistered(
            caller.Person.Id, Base64Url.EncodeToString(passkey.CredentialId), Base64Url.EncodeToString(passkey.PublicKey), handle, caller.KeyId, label, passkey.SignCount,
            passkey.IsBackupEligible, [.. (passkey.Transports ?? []).Where(t => t is "usb" or "nfc" or "ble" or "smart-card" or "hybrid" or "internal").Distinct()]);
        var outcome = await controls.TakeAsync(caller.Organization.Id, caller.Person.Id, Presence.EnrolmentToken, _ => ControlPlan.Take(registered), http.RequestAborted);
        if (outcome.Error() is { } error)
            return error;
        await logins.StartAsync(http, caller.Organization.Id, caller.Person.Id, Presence.EnrolmentToken, s => s with { Passkey = registered.Passkey, SignCount = passkey.SignCount });
        return Results.Json(new LoginAnswer(caller.Organization.Id.ToString(), caller.Person.Id.ToString()), StrictJson.Options, statusCode: 201);
    }

    private static Caller.InvitedCaller Invited(HttpContext http) => (Caller.InvitedCaller)http.CurrentCaller();
}
