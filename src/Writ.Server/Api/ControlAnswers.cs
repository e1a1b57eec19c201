using Microsoft.AspNetCore.Http;
using Writ.Governance.Controls;

namespace Writ.Server.Api;

/// <summary>What a control action that did not simply succeed looks like over HTTP.</summary>
internal static class ControlAnswers
{
    /// <summary>The error, or null when the action took effect and is recorded.</summary>
    public static IResult? Error(this ControlOutcome outcome) => outcome switch
    {
        ControlOutcome.Done => null,
        ControlOutcome.NotAllowed refused => Problem.Of(ApiError.NotAllowed, refused.Cause).ToResult(),
        ControlOutcome.PresenceNeeded => PresenceNeeded(),
        ControlOutcome.Invalid invalid => Problem.Of(ApiError.Invalid, invalid.Cause).ToResult(),
        ControlOutcome.NotReady lacking => (Problem.Of(ApiError.NotReady, $"The agent cannot act yet. {string.Join("; ", lacking.Unmet)}.") with { Unmet = lacking.Unmet }).ToResult(),
        ControlOutcome.NotRecorded failed => Problem.Of(ApiError.NotRecorded, $"Nothing changed: {failed.Fault}").ToResult(),
        ControlOutcome.InForceUnrecorded failed => Problem.Of(ApiError.NotRecorded, $"It is in force; its record waits for the ledger: {failed.Fault}").ToResult(),
        _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
    };

    /// <summary>Tells somebody with a passkey that a token or a session alone does not do.</summary>
    public static IResult PresenceNeeded() => Problem.Of(
        ApiError.PresenceNeeded, "This loosens something, and your passkey has not signed for it: confirm it at /confirm in a browser, or send what the passkey signed in Writ-Presence. Whoever has none yet asks for an enrolment token.").ToResult();
}
