using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy publish</c>: makes a bundle the one that holds, as a person's act.</summary>
internal static class PolicyPublishCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle: bundle.json and *.cedar files." };
        var accept = new Option<int?>("--accept-denials") { Description = "How many recent decisions may newly be refused, beyond the bound at which a publish is.", HelpName = "N" };
        var reason = new Option<string?>("--override-denials") { Description = "Why owners of agents to whom something will be refused are not waited for; it is recorded.", HelpName = "TEXT" };
        var shadow = new Option<bool>("--shadow") { Description = "Try it instead: evaluated beside what decides, and deciding nothing (writ policy shadow, promote, withdraw)." };
        var command = new Verb("publish", "Check a folder of policies and publish it: from then on it decides. A bundle of the same name is replaced. What may be looser waits for a second person; the command then ends with 1.",
            "writ policy publish samples/policies/support-desk", "writ policy publish samples/policies/support-desk --shadow",
            "writ policy publish samples/policies/support-desk --canary 10%agents --band deny=5") { folder, accept, reason, shadow };
        var canary = new CanaryFlags();
        canary.AddTo(command);
        session.RunAgainstServer(command, async (call, cancellation) =>
        {
            var path = call.Parse.GetRequiredValue(folder);
            var terms = canary.Read(call.Parse, out var trouble);
            if (trouble is not null)
                return call.Screen.Fail(trouble);
            switch (BundleFolder.Read(path))
            {
                case BundleReading.Refused refused:
                    return call.Screen.Fail(BundleProblems.Of(path, refused.Problems));
                case BundleReading.Read { Archive: var archive } read:
                    if (BundlePublication.Problems(archive) is { Count: > 0 } problems)
                        return call.Screen.Fail(BundleProblems.Of(path, problems));
                    if (call.Parse.GetValue(shadow) || terms is not null)
                        return await CandidateUpload.StageAsync(call, read, terms, cancellation);
                    return PublicationSheet.Show(call, await call.Api.PostAsync("/v1/bundles", BundleUpload.Of(read, call.Parse.GetValue(accept), call.Parse.GetValue(reason)), ApiJson.Default.BundleAnswer, cancellation));
                default:
                    throw new InvalidOperationException();
            }
        });
        return command;
    }
}
