using Microsoft.AspNetCore.Http;
using Writ.Governance.Policies.Publishing;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>What came of publishing, confirming or declining a bundle, over HTTP.</summary>
internal static class PublishAnswers
{
    /// <summary>The answer.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="now">The organization afterwards.</param>
    /// <param name="activeStatus">The status where the bundle decides now; 202 says that it waits for somebody.</param>
    public static IResult Answer(this PublishOutcome outcome, OrganizationState now, int activeStatus)
    {
        var snapshot = now.Policy.Snapshot.Digest.ToHex();
        return outcome switch
        {
            PublishOutcome.Active(var bundle, var ground, var finding, var forecast) { Canary: var canary } => Results.Json(
                new BundleAnswer(bundle.Name, bundle.Version, bundle.Digest, snapshot) { State = canary is null ? "active" : "canary", SignedBy = bundle.SignedBy, Ground = ground, Finding = finding, Denials = forecast }, StrictJson.Options, statusCode: activeStatus),
            PublishOutcome.Proposed { Proposal: var proposal } => Results.Json(
                new BundleAnswer(proposal.Bundle.Name, proposal.Bundle.Version, proposal.Bundle.Digest, snapshot) { State = "proposed", SignedBy = proposal.Bundle.SignedBy, Finding = proposal.Finding, Denials = proposal.Forecast, ExpiresAt = proposal.ExpiresAt },
                StrictJson.Options, statusCode: StatusCodes.Status202Accepted),
            PublishOutcome.Faulty { Problems: var problems } =>
                (Problem.Of(ApiError.BundleRefused, $"{problems.Count} problem(s); the policy that held still holds.") with { Problems = [.. problems] }).ToResult(),
            PublishOutcome.Jump { Forecast: var forecast } => Problem.Of(ApiError.DenialsJump, Words(forecast)).ToResult(),
            PublishOutcome.Unconfirmed { Obstacle: var obstacle } => (Problem.Of(ApiError.Unconfirmed, obstacle.Text) with { Conflict = obstacle.Name }).ToResult(),
            PublishOutcome.Refused refused => refused.Outcome.Error()!,
            _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
        };
    }

    private static string Words(DenialForecast forecast)
    {
        var agents = string.Join("; ", forecast.Agents.Take(5).Select(agent => $"agent {agent.Agent} {agent.Denied} of {agent.Compared}, such as {string.Join(", ", agent.Actions)}"));
        return $"{forecast.Denied} of {forecast.Compared} recent decisions would newly be refused, more than {DenialForecast.MostPercent} % ({forecast.Unreadable} more could not be read): {agents}. "
            + $"To publish all the same, accept their number: accept_denials {forecast.Denied}.";
    }
}
