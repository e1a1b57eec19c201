using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Approvals;

/// <summary><c>writ approve</c>: what waits for a person, and a person's answer to exactly one action.</summary>
internal static class ApproveCommand
{
    public static Command Create(Session session)
    {
        var id = new Argument<string?>("id") { Description = "The request. Without one, everything that waits is listed.", Arity = ArgumentArity.ZeroOrOne };
        var reject = new Option<bool>("--reject") { Description = "Refuse the action instead." };
        var show = new Option<bool>("--show") { Description = "Only show the request." };
        var yes = new Option<bool>("--yes") { Description = "Do not show the request and do not ask for confirmation." };
        var evidence = new Option<string?>("--evidence") { Description = "What the answer rests on: a file of at most 1 MiB, kept sealed with the answer.", HelpName = "FILE" };
        var command = new Verb("approve", "See what waits for approval, and approve or reject one action: exactly this call, once, until it expires.",
            "writ approve",
            "writ approve 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a",
            "writ approve 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a --evidence change-4711.pdf",
            "writ approve 019f3a52-7d6c-7b1e-9a51-3f2c8e4d1b7a --reject --yes")
        {
            id, show, reject, yes, evidence,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null && (result.GetValue(reject) || result.GetValue(yes) || result.GetValue(show) || result.GetValue(evidence) is not null))
                result.AddError("--show, --reject, --yes and --evidence need the ID of a request; `writ approve` lists them");
            if (result.GetValue(show) && (result.GetValue(reject) || result.GetValue(yes)))
                result.AddError("--show answers nothing: leave --reject and --yes away");
        });
        session.RunAgainstServer(command, (call, cancellation) =>
            call.Parse.GetValue(id) is not { } named ? ListAsync(session, call, cancellation)
            : call.Parse.GetValue(show) ? ShowAsync(session, call, named, cancellation)
            : AnswerAsync(session, call, named, !call.Parse.GetValue(reject), call.Parse.GetValue(yes), call.Parse.GetValue(evidence), cancellation));
        return command;
    }

    private static async Task<ExitCode> ListAsync(Session session, ApiCall call, CancellationToken cancellation) =>
        call.Show(await call.Api.GetAsync("/v1/approvals", ApiJson.Default.ApprovalList, cancellation), list =>
        {
            if (list.Approvals.Count == 0)
            {
                call.Screen.Line("nothing waits for approval");
                return;
            }

            var now = session.Time.GetUtcNow();
            call.Screen.Table(
                ["ID", "AGENT", "ACTION", "ASKED BY POLICY", "APPROVERS", "EXPIRES"],
                list.Approvals.Select(a => (string[])
                [
                    InertText.Of(a.Id), InertText.Of(a.Agent.Name), InertText.Of(a.Action), InertText.Of(string.Join(", ", a.Asks.Select(k => k.Policy))),
                    InertText.Of(string.Join(", ", a.Asks.SelectMany(k => k.Approvers).Distinct())), Instant.Relative(a.ExpiresAt, now),
                ]));
            call.Screen.Note("See one and answer it with: writ approve ID");
        });

    private static async Task<ExitCode> ShowAsync(Session session, ApiCall call, string id, CancellationToken cancellation) =>
        call.Show(await call.Api.GetAsync(PathOf(id), ApiJson.Default.ApprovalView, cancellation), seen =>
            ApprovalSheet.Show(call.Screen, seen, session.Time.GetUtcNow()));

    private static async Task<ExitCode> AnswerAsync(Session session, ApiCall call, string id, bool approve, bool yes, string? evidence, CancellationToken cancellation)
    {
        JsonObject? body = null;
        if (evidence is not null)
        {
            if (EvidenceFile.Read(evidence, out var trouble) is not { } bytes)
                return call.Screen.Fail(trouble!);
            body = new JsonObject { ["evidence"] = Convert.ToBase64String(bytes) };
        }

        var path = PathOf(id);
        if (!yes)
        {
            if (call.Screen.Json)
                return call.Screen.Fail(new Trouble(ExitCode.BadInput, "with --json nothing can be asked") { Advice = "See the request with --show, then answer with --yes." });

            switch (await call.Api.GetAsync(path, ApiJson.Default.ApprovalView, cancellation))
            {
                case ApiResult<ApprovalView>.Failed failed:
                    return call.Screen.Fail(failed.Trouble);
                case ApiResult<ApprovalView>.Ok seen:
                    ApprovalSheet.Show(call.Screen, seen.Value, session.Time.GetUtcNow());
                    if (!call.Screen.Confirm(approve ? "Approve exactly this call, once?" : "Reject this call?"))
                    {
                        call.Screen.Line("nothing was answered");
                        return ExitCode.No;
                    }

                    if (seen.Value.Shown is { } shown)
                        (body ??= [])["shown"] = shown;
                    break;
            }
        }

        var answer = await call.Api.PostAsync($"{path}/{(approve ? "approve" : "reject")}", body, ApiJson.Default.ApprovalAnswer, cancellation);
        return call.Show(answer, a => call.Screen.Line(a.State switch
        {
            "approved" => "approved: the agent's next try of this call goes through, once",
            "rejected" => "rejected: the call stays refused",
            "pending" => "your answer counts; more approvers are needed",
            var other => $"the request is {InertText.Of(other)}",
        }));
    }

    private static string PathOf(string id) => $"/v1/approvals/{Uri.EscapeDataString(id)}";
}
