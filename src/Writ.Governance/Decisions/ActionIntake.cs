using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Trust;
using Writ.Governance.Users;
using Writ.Identity.Delegation;

namespace Writ.Governance.Decisions;

/// <summary>
/// Makes the one request of an action, for every door alike: the registry as it stands now, the task the caller is in, and what the
/// agent said kept apart from all of it. Thread safe.
/// </summary>
public sealed class ActionIntake(TaskService tasks, TimeProvider time, TrustBook trust, DelegationAuthority? delegations = null)
{
    /// <summary>The request, or null where the task token is refused or the task could not be recorded; <see cref="ReasonCodes"/> says which.</summary>
    public async ValueTask<(ActionRequest? Request, ReasonCode? Refusal)> MakeAsync(ActionCall call)
    {
        var (standing, refusal) = await TaskOfAsync(call);
        return standing is null ? (null, refusal) : (Make(call, standing), null);
    }

    /// <summary>
    /// The task that a request's token names, for <see cref="Under"/>; null where it names none. That narrows nothing: <see cref="MakeAsync"/>
    /// refuses the calls that come with it.
    /// </summary>
    public TaskStanding? TaskOf(Caller.AgentCaller caller, string? taskToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return taskToken is { Length: > 0 } token ? tasks.Find(token, caller.Agent.Id, caller.KeyId) : null;
    }

    /// <summary>The agent with what it holds under its token, the chain and the task that a request came with; as it is where there is none of them.</summary>
    public Agent Under(Caller.AgentCaller caller, PresentedChain? chain, TaskStanding? task)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Narrowed(caller, caller.Agent, Read(chain), task);
    }

    /// <summary>The request as it would be made, for asking only: no task is entered or recorded. Null where the task token is refused.</summary>
    public ActionRequest? Suppose(ActionCall call)
    {
        if (call.TaskToken is { Length: > 0 } token)
            return Named(call, token) is { } named ? Make(call, named) : null;
        var id = TaskId.New(time);
        return Make(call, new TaskStanding
        {
            Id = id,
            Root = id,
            Agent = call.Agent.Id,
            Instance = InstanceId.New(time),
            Credential = call.Caller.KeyId,
            Implicit = true,
            User = UserOf(call)?.Name,
            UserFacts = UserOf(call)?.Facts,
            OpenedAt = time.GetUtcNow(),
        });
    }

    private ActionRequest Make(ActionCall call, TaskStanding standing)
    {
        var (state, now) = (call.Caller.Organization, time.GetUtcNow());
        var chain = Read(call.Chain);
        var facts = new Facts
        {
            Organization = state.Id,
            Agent = trust.Judge(Narrowed(call.Caller, call.Agent, chain, standing), call.Caller.Assurance),
            Chain = chain,
            Credential = call.Caller.KeyId,
            Assurance = call.Caller.Assurance,
            Task = standing.User is null && call.User is { } user ? standing with { User = user } : standing,
            Time = now,
            Door = call.Door,
            Claims = call.Claims,
            Report = call.Report,
            Trace = call.Trace,
            Session = call.Session,
            Asserted = call.Asserted,
        };
        return new ActionRequest(DecisionId.At(now), state, facts, call.Server, call.Tool, state.Tool(call.Server, call.Tool), call.Arguments, call.Enforceable);
    }

    private Agent Narrowed(Caller caller, Agent agent, ActionChain? chain, TaskStanding? task)
    {
        var (state, now) = (caller.Organization, time.GetUtcNow());
        var held = TaskReach.Within(state, DelegationAuthority.Under(state, agent.At(now), chain, now), task);
        return caller is Caller.AgentCaller proved ? proved.Narrow(held) : held;
    }

    /// <summary>The task that a token names; null where it names none, or one that is for another user than the call.</summary>
    private TaskStanding? Named(ActionCall call, string token) =>
        tasks.Find(token, call.Agent.Id, call.Caller.KeyId)?.In(call.Caller.Organization, UserOf(call)) is { } named
        && !(named.User is { } of && call.User is { } said && of.Value != said.Value)
            ? named
            : null;

    /// <summary>The user whom the caller's token proves.</summary>
    private static VerifiedUser? UserOf(ActionCall call) => VerifiedUser.Of((call.Caller as Caller.AgentCaller)?.Token);

    // Where nobody can verify a chain there is none that holds.
    private ActionChain? Read(PresentedChain? chain) =>
        chain is null ? null : delegations?.Read(chain) ?? new ActionChain(chain, null, DelegationFault.WrongRoot);

    private async ValueTask<(TaskStanding? Task, ReasonCode? Refusal)> TaskOfAsync(ActionCall call)
    {
        var user = UserOf(call);
        if (call.TaskToken is { Length: > 0 } token)
            return Named(call, token) is { } named ? (named, null) : (null, ReasonCodes.TaskRefused);
        var entered = await tasks.EnterImplicitAsync(
            call.Caller.Organization.Id, new TaskOpening { Agent = call.Agent.Id, Credential = call.Caller.KeyId, User = user?.Name, UserFacts = user?.Facts });
        // What was true of the user when the task was opened may be so no more: what the token of this call says counts.
        return entered?.In(call.Caller.Organization, user) is { } standing ? (standing, null) : (null, ReasonCodes.NotRecorded);
    }
}
