using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary>Uploads a bundle to be tried.</summary>
internal static class CandidateUpload
{
    /// <summary>Stages it in shadow and, with terms, makes it a canary.</summary>
    public static async Task<ExitCode> StageAsync(ApiCall call, BundleReading.Read read, JsonObject? terms, CancellationToken cancellation)
    {
        var staged = await call.Api.PostAsync("/v1/bundles/shadow", BundleUpload.Of(read, null, null), ApiJson.Default.CandidateView, cancellation);
        return terms is null || staged is ApiResult<CandidateView>.Failed
            ? call.Show(staged, candidate =>
            {
                call.Screen.Line($"{InertText.Of(candidate.Name)} {InertText.Of(candidate.Version)} is in {InertText.Of(candidate.State)} and decides nothing", Look.Good);
                call.Screen.Facts([("digest", InertText.Of(candidate.Digest)), ("see", $"writ policy shadow {InertText.Of(candidate.Name)}")]);
            })
            : await StartCanaryAsync(call, read.Archive.Manifest.Name, read.Archive.Digest.ToHex(), terms, cancellation);
    }

    /// <summary>Makes what is in shadow a canary.</summary>
    public static async Task<ExitCode> StartCanaryAsync(ApiCall call, string name, string digest, JsonObject terms, CancellationToken cancellation)
    {
        terms["digest"] = digest;
        var started = await call.Api.PostAsync($"/v1/bundles/{Uri.EscapeDataString(name)}/canary", terms, ApiJson.Default.BundleAnswer, cancellation);
        if (started is ApiResult<BundleAnswer>.Failed)
            call.Screen.Note("The version is in shadow, and decides nothing.");
        return PublicationSheet.Show(call, started);
    }
}
