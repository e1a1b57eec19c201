using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy promote</c>: the version that is tried becomes the one that holds, by the rules of a publish.</summary>
internal static class PolicyPromoteCommand
{
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "The bundle's name." };
        var digest = new Option<string>("--digest") { Description = "The version that was looked at; by default whichever is tried.", HelpName = "DIGEST" };
        var replaces = new Option<string>("--replaces") { Description = "The version that holds, where that is another than when this one was staged.", HelpName = "DIGEST" };
        var accept = new Option<int?>("--accept-denials") { Description = "How many recent decisions may newly be refused, beyond the bound at which a publish is.", HelpName = "N" };
        var reason = new Option<string?>("--override-denials") { Description = "Why owners of agents to whom something will be refused are not waited for; it is recorded.", HelpName = "TEXT" };
        var command = new Verb("promote", "Make the version of a bundle that is tried the one that holds, from the next decision on; or, with --canary, for a share. The same is asked of it as of a publish.",
            "writ policy promote support-desk --canary 10%tasks --band deny=5 --minimum 200",
            "writ policy promote support-desk") { name, digest, replaces, accept, reason };
        var canary = new CanaryFlags();
        canary.AddTo(command);
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var terms = canary.Read(call.Parse, out var trouble);
            if (trouble is not null)
                return call.Screen.Fail(trouble);
            if (terms is not null)
                return await StartCanaryAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(digest), terms, cancellation);
            var body = new JsonObject();
            if (call.Parse.GetValue(digest) is { } version)
                body["digest"] = version;
            if (call.Parse.GetValue(replaces) is { } before)
                body["replaces"] = before;
            if (call.Parse.GetValue(accept) is { } most)
                body["accept_denials"] = most;
            if (call.Parse.GetValue(reason) is { } why)
                body["override"] = why;
            var path = $"/v1/bundles/{Uri.EscapeDataString(call.Parse.GetRequiredValue(name))}/promote";
            return PublicationSheet.Show(call, await call.Api.PostAsync(path, body, ApiJson.Default.BundleAnswer, cancellation));
        });
        return command;
    }

    private static async Task<ExitCode> StartCanaryAsync(ApiCall call, string name, string? digest, JsonObject terms, CancellationToken cancellation) =>
        digest is not null
            ? await CandidateUpload.StartCanaryAsync(call, name, digest, terms, cancellation)
            : await call.Api.GetAsync($"/v1/bundles/{Uri.EscapeDataString(name)}/shadow", ApiJson.Default.ShadowView, cancellation) switch
            {
                ApiResult<ShadowView>.Ok ok => await CandidateUpload.StartCanaryAsync(call, name, ok.Value.Candidate.Digest, terms, cancellation),
                ApiResult<ShadowView>.Failed failed => call.Screen.Fail(failed.Trouble),
                _ => throw new InvalidOperationException(),
            };
}
