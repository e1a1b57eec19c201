namespace Writ.Governance.Decisions;

/// <summary>Every reason the decision path can give. The table in docs/errors.md is checked against this one.</summary>
public static class ReasonCodes
{
    public static ReasonCode NoPolicyPermits { get; } = new("WRIT1001", "No policy permits this action.");

    public static ReasonCode Forbidden { get; } = new("WRIT1002", "A policy forbids this action.");

    public static ReasonCode PolicyFailed { get; } = new("WRIT1003", "A policy could not be evaluated for this action, so it is refused.");

    public static ReasonCode NoSnapshot { get; } = new("WRIT1004", "No policy is active, so every action is refused.");

    public static ReasonCode ConstraintsConflict { get; } = new("WRIT1005", "The limits that apply to this action exclude each other.");

    public static ReasonCode ConstraintNotEnforceable { get; } = new("WRIT1006", "A limit that applies to this action cannot be enforced here.");

    public static ReasonCode SaferVariant { get; } = new("WRIT1007", "This action is refused as asked; a safer variant is offered.");

    public static ReasonCode RecordTooLong { get; } = new("WRIT1008", "More policies and limits apply to this action than a record holds, so it is refused.");

    public static ReasonCode LimitExceeded { get; } = new("WRIT1040", "This action exceeds a limit that applies to it.");

    public static ReasonCode OnlyReading { get; } = new("WRIT1041", "Only actions that read are allowed here.");

    public static ReasonCode NotIsolated { get; } = new("WRIT1042", "This tool does not run in the isolation that the action needs.");

    public static ReasonCode UserUnknown { get; } = new("WRIT1043", "This action is allowed only for a user that somebody attested, and there is none.");

    public static ReasonCode PointRefused { get; } = new("WRIT1050", "A decision point outside Writ refuses this action.");

    public static ReasonCode PointSilent { get; } = new("WRIT1051", "A decision point that has to agree gave no clear answer, so the action is refused. Try again later.");

    public static ReasonCode PointNotAsked { get; } = new("WRIT1052", "A decision point that has to agree cannot be asked now, so the action is refused. Try again later.");

    public static ReasonCode ChangedMeanwhile { get; } = new("WRIT1053", "What this action rests on changed while it was decided. Try again.");

    public static ReasonCode NotRecorded { get; } = new("WRIT2000", "The decision could not be recorded, so the action is refused. Try again later.");

    public static ReasonCode ClockUnsure { get; } = new("WRIT2090", "The clock of this installation cannot be relied on, so no approval is honoured. Try again later.");

    public static ReasonCode NotConfirmed { get; } = new("WRIT2091", "This installation was restored from a backup, and two people have to confirm it before anything is decided.");

    public static ReasonCode CredentialRefused { get; } = new("WRIT3001", "The credential was not accepted.");

    public static ReasonCode SignatureRefused { get; } = new("WRIT3055", "The signature of the request was not accepted.");

    public static ReasonCode SignatureReplayed { get; } = new("WRIT3056", "The signature was used before: sign every request anew.");

    public static ReasonCode ContentNotSigned { get; } = new("WRIT3057", "The content is not the one that was signed.");

    public static ReasonCode DidUnavailable { get; } = new("WRIT3058", "The DID document of the key cannot be had, so the signature is not accepted. Try again later.");

    public static ReasonCode AgentNotActive { get; } = new("WRIT3002", "This agent is not active.");

    public static ReasonCode VersionNotDeployed { get; } = new("WRIT3007", "This agent says it is a version that is not deployed.");

    public static ReasonCode TaskRefused { get; } = new("WRIT3003", "The task token was not accepted.");

    public static ReasonCode ChainRefused { get; } = new("WRIT3100", "The delegation chain was not accepted.");

    public static ReasonCode ChainWithdrawn { get; } = new("WRIT3101", "The delegation was withdrawn.");

    public static ReasonCode ChainAgentStopped { get; } = new("WRIT3102", "An agent of the delegation chain is not active.");

    public static ReasonCode ChainTooNarrow { get; } = new("WRIT3103", "The delegation does not allow this action.");

    public static ReasonCode ProofRefused { get; } = new("WRIT3104", "The proof of possession was not accepted. Make a new one for every call.");

    public static ReasonCode ChainUsedUp { get; } = new("WRIT3105", "The delegation leaves nothing for this action.");

    public static ReasonCode NotGranted { get; } = new("WRIT3004", "There is no such tool for this agent.");

    public static ReasonCode NotInvocable { get; } = new("WRIT3202", "Whoever asked for this work may not ask it of this agent, or not any more.");

    public static ReasonCode BeyondSkill { get; } = new("WRIT3203", "The work was asked for under a skill that does not use this tool.");

    public static ReasonCode TaskCeilingReached { get; } = new("WRIT3201", "This task has used all that a task of this agent may use.");

    public static ReasonCode Killed { get; } = new("WRIT4030", "This was stopped. Nothing is to be tried again until people let it go on.");

    public static ReasonCode ApprovalRequired { get; } = new("WRIT4001", "This action waits for approval. Repeat the same call once it is approved.");

    public static ReasonCode ApprovalRejected { get; } = new("WRIT4002", "Approval was refused for this action.");

    public static ReasonCode ApprovalTaken { get; } = new("WRIT4003", "The approval was used by another call at the same time.");

    public static ReasonCode TooManyHolds { get; } = new("WRIT4004", "Too many actions of this agent wait for approval already.");

    public static ReasonCode TooManyRequests { get; } = new("WRIT4005", "Too many requests. Slow down.");

    public static ReasonCode PriceUnknown { get; } = new("WRIT4020", "What this action costs is not known, so a limit on its cost refuses it.");

    public static ReasonCode RateExceeded { get; } = new("WRIT4021", "As many of these actions as a limit allows were permitted in its time. Try again later.");

    public static ReasonCode UserNotFresh { get; } = new("WRIT4022", "This action needs the user to have authenticated a short time ago, and nobody attests that.");

    public static ReasonCode RequestUnreadable { get; } = new("WRIT5003", "The request could not be read.");

    public static ReasonCode ToolQuarantined { get; } = new("WRIT5001", "This tool is not available at present.");

    public static ReasonCode ArgumentsInvalid { get; } = new("WRIT5002", "The arguments do not fit the tool's input schema.");
}
