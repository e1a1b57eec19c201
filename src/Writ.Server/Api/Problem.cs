using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Writ.Governance.Policies;
using Writ.Governance.Records;
using Writ.Server.Scim;

namespace Writ.Server.Api;

/// <summary>An error as RFC 9457 has it, with Writ's code. What it says may leave the process.</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>What is wrong with a bundle, where that is what was sent.</summary>
    public ImmutableArray<PolicyProblem>? Problems { get; init; }

    /// <summary>Why an approval or a confirmation does not count, where that is what was asked.</summary>
    public string? Conflict { get; init; }

    /// <summary>What an agent lacks to act, where that was asked.</summary>
    public ImmutableArray<string>? Unmet { get; init; }

    /// <summary>What is wrong with a list, by line.</summary>
    public ImmutableArray<ImportProblem>? Lines { get; init; }

    public static Problem Of(ApiError error, string detail) =>
        new($"https://writ.dev/errors/{error.Code}", error.Title, error.Status, detail, error.Code);

    /// <summary>Answers with it, where there is no route to return a result; to a directory as SCIM has errors.</summary>
    public Task AnswerAsync(HttpContext http) =>
        (http.Request.Path.StartsWithSegments("/scim", StringComparison.OrdinalIgnoreCase) ? new ScimError(Status, null, $"{Detail} ({Code})").ToResult() : ToResult()).ExecuteAsync(http);

    public IResult ToResult() =>
        Results.Json(this, StrictJson.Options, "application/problem+json", Status);
}
