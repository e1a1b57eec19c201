namespace Writ.Identity.Tokens;

/// <summary>Whose token it is; the first three characters of its text say so.</summary>
public enum TokenKind
{
    /// <summary>An agent's API key, <c>agk_…</c>.</summary>
    AgentKey,

    /// <summary>A person's token, <c>wpt_…</c>.</summary>
    PersonToken,

    /// <summary>A task's token, <c>wtt_…</c>.</summary>
    TaskToken,

    /// <summary>The key of an enforcement point outside Writ, <c>epk_…</c>.</summary>
    EnforcementPointKey,

    /// <summary>A person's session, <c>wss_…</c>: the value of a cookie, accepted nowhere else.</summary>
    Session,

    /// <summary>A person's one-time token to enrol a passkey, <c>wet_…</c>.</summary>
    EnrolmentToken,

    /// <summary>The token of a directory that says who is of an organization, <c>wdt_…</c>.</summary>
    DirectoryToken,

    /// <summary>A one-time token by which an agent introduces itself, <c>wae_…</c>: it makes a draft and opens nothing else.</summary>
    AgentEnrolment,
}
