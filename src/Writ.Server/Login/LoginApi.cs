using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Writ.Governance.Admission;
using Writ.Governance.Controls;
using Writ.Governance.Records;
using Writ.Governance.People;
using Writ.Server.Api;

namespace Writ.Server.Login;

/// <summary>
/// <c>/v1/login</c>: how a person gets a session. Nobody is named before the passkey has signed, so that nothing here says who there is;
/// all refusals look the same.
/// </summary>
internal sealed class LoginApi(PasskeyCeremonies ceremonies, CopiedPasskeys copied, Logins logins, AdmissionControl admission)
{
    public void MapAnyone(RouteGroupBuilder anyone)
    {
        anyone.MapPost("/login/options", (Delegate)AskAsync);
        anyone.MapPost("/login", LogInAsync);
    }

    public void MapPeople(RouteGroupBuilder people)
    {
        people.MapGet("/login", (HttpContext http) => Results.Json(LoginView.Of(http.Person()), StrictJson.Options));
        people.MapPost("/logout", (Delegate)LogOutAsync);
    }

    private async Task<IResult> AskAsync(HttpContext http) =>
        MayEnter(http) ? Results.Json(await ceremonies.AskLoginAsync(http), StrictJson.Options) : TooMany(http);

    private async Task<IResult> LogInAsync(HttpContext http, CredentialBody body)
    {
        if (!MayEnter(http))
            return TooMany(http);
        var answer = await ceremonies.CheckLoginAsync(http, body.Id, body.Credential.GetRawText());
        if (answer is not PasskeyAnswer.Accepted accepted)
        {
            if (answer is PasskeyAnswer.Copied copy)
                await copied.RevokeAsync(copy.Organization, copy.Passkey);
            admission.CountRefusedProof(
                (answer as PasskeyAnswer.Copied)?.Organization, null, answer switch { PasskeyAnswer.Copied => "login-copied-passkey", PasskeyAnswer.NotAsked => "login-not-asked", _ => "login-passkey" });
            return Problem.Of(ApiError.LoginRefused, "Ask for options again and sign those, with a passkey that was enrolled here.").ToResult();
        }

        var outcome = await logins.StartAsync(http, accepted.Organization, accepted.Passkey.Person, Presence.Passkey, s => s with { Passkey = accepted.Passkey.Id, SignCount = accepted.SignCount });
        return outcome.Error() ?? Results.Json(new LoginAnswer(accepted.Organization.ToString(), accepted.Passkey.Person.ToString()), StrictJson.Options);
    }

    private async Task<IResult> LogOutAsync(HttpContext http)
    {
        var caller = http.Person();
        if (caller.Presence.Kind is not Presence.Session)
            return Problem.Of(ApiError.Invalid, "This is no session: a token is not logged out.").ToResult();
        SessionCookie.Clear(http.Response);
        return (await logins.EndAsync(caller, caller.Person.Id, caller.KeyId, "logged out")).Error() ?? Results.NoContent();
    }

    private bool MayEnter(HttpContext http) => admission.TryEnterLogin(http.Connection.RemoteIpAddress?.ToString() ?? "unknown");

    private static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem.Of(ApiError.TooMany, "Too many logins are begun from this address.").ToResult();
    }
}
